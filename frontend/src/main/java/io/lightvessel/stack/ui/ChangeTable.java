package io.lightvessel.stack.ui;

import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.stack.StackChange;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Lists values that differ between two stacks. */
class ChangeTable extends SmallTable {

    ChangeTable(String caption, List<StackChange> changes) {
        super(caption, Column.text("Value"), Column.text("Before"), Column.text("After"));
        setRows(changes.stream()
                .map(change -> List.of(
                        Cell.of(path(change.pointer())), Cell.of(text(change.before())), Cell.of(text(change.after()))))
                .toList());
    }

    /** As findings write it: {@code gateway.scaling.maxReplicas}. */
    static String path(String pointer) {
        return pointer.isEmpty()
                ? "(everything)"
                : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~");
    }

    static String text(@Nullable JsonNode value) {
        if (value == null) {
            return "–";
        }
        String text = value.isString() ? value.stringValue() : value.toString();
        return text.length() <= 120 ? text : text.substring(0, 119) + "…";
    }
}
