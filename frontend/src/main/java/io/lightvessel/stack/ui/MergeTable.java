package io.lightvessel.stack.ui;

import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.stack.StackMerge;
import java.util.List;

/** Compares a draft with what others saved since it was begun, value by value. */
class MergeTable extends SmallTable {

    MergeTable(StackMerge merge) {
        super(
                "Your changes and theirs",
                Column.text("Value"),
                Column.text("In revision " + merge.base()),
                Column.text("Now, in revision " + merge.current()),
                Column.text("Yours"),
                Column.text(""));
        setRows(merge.values().stream()
                .map(value -> List.of(
                        Cell.of(ChangeTable.path(value.pointer())),
                        Cell.of(ChangeTable.text(value.base())),
                        Cell.of(ChangeTable.text(value.theirs())),
                        Cell.of(ChangeTable.text(value.mine())),
                        Cell.of(value.conflict() ? "Both changed it; yours is taken" : "")))
                .toList());
    }
}
