package io.lightvessel.platform.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableCell;
import com.vaadin.flow.component.html.NativeTableHeaderCell;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import java.util.ArrayList;
import java.util.List;

/** A table of a few rows whose cells change in place, so that live numbers neither flicker nor take the focus away. */
public class SmallTable extends Div {

    /** A column; numbers stand right. */
    public record Column(String title, boolean number) {
        public static Column text(String title) {
            return new Column(title, false);
        }

        public static Column number(String title) {
            return new Column(title, true);
        }
    }

    /** What a cell says, and where it leads; an empty path leads nowhere. */
    public record Cell(String text, String path) {
        public static Cell of(String text) {
            return new Cell(text, "");
        }

        private boolean isLink() {
            return !path.isEmpty();
        }
    }

    private final List<Column> columns;
    private final NativeTable table = new NativeTable();
    private List<List<Cell>> shown = List.of();
    private final List<List<Component>> cells = new ArrayList<>();

    /** @param caption names the table for screen readers */
    public SmallTable(String caption, Column... columns) {
        this.columns = List.of(columns);
        addClassName("lv-table-wrap");
        table.addClassName("lv-table");
        table.setCaptionText(caption);
        table.getCaption().addClassName("lv-sr-only");
        NativeTableRow head = table.getHead().addRow();
        for (Column column : columns) {
            NativeTableHeaderCell cell = head.addHeaderCell();
            cell.setText(column.title());
            cell.getElement().setAttribute("scope", "col");
            if (column.number()) {
                cell.addClassName("lv-right");
            }
        }
        // Wide tables scroll sideways, which the keyboard must be able to do too.
        getElement()
                .setAttribute("tabindex", "0")
                .setAttribute("role", "region")
                .setAttribute("aria-label", caption);
        add(table);
    }

    public void setRows(List<List<Cell>> rows) {
        if (sameShape(rows)) {
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < columns.size(); column++) {
                    Cell now = rows.get(row).get(column);
                    if (!now.equals(shown.get(row).get(column))) {
                        fill(cells.get(row).get(column), now);
                    }
                }
            }
        } else {
            rebuild(rows);
        }
        shown = List.copyOf(rows);
    }

    private boolean sameShape(List<List<Cell>> rows) {
        if (rows.size() != shown.size()) {
            return false;
        }
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns.size(); column++) {
                if (rows.get(row).get(column).isLink()
                        != shown.get(row).get(column).isLink()) {
                    return false;
                }
            }
        }
        return true;
    }

    private void rebuild(List<List<Cell>> rows) {
        table.getBody().removeAll();
        cells.clear();
        for (List<Cell> row : rows) {
            NativeTableRow line = table.getBody().addRow();
            List<Component> contents = new ArrayList<>();
            for (int column = 0; column < columns.size(); column++) {
                NativeTableCell cell = line.addDataCell();
                if (columns.get(column).number()) {
                    cell.addClassName("lv-right");
                }
                Component content = row.get(column).isLink() ? new Anchor() : new Span();
                fill(content, row.get(column));
                cell.add(content);
                contents.add(content);
            }
            cells.add(contents);
        }
    }

    private static void fill(Component content, Cell cell) {
        if (content instanceof Anchor link) {
            link.setHref(cell.path());
        }
        content.getElement().setText(cell.text());
    }
}
