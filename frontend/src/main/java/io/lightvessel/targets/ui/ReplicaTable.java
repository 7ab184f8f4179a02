package io.lightvessel.targets.ui;

import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.Org;
import io.lightvessel.platform.ui.Paths;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.targets.TargetAnswers;
import java.util.ArrayList;
import java.util.List;

/** The gateways that share the targets: how each sees the others, and how much is its. */
final class ReplicaTable extends SmallTable {

    ReplicaTable() {
        super(
                "How each replica sees the others",
                Column.text("Replica"),
                Column.text("State"),
                Column.number("View"),
                Column.number("Targets"),
                Column.number("Load"));
    }

    void set(Org org, TargetAnswers answers) {
        List<List<Cell>> rows = new ArrayList<>();
        for (TargetAnswers.Replica replica : answers.replicas()) {
            TargetAnswers.Member member = replica.member();
            Cell name =
                    new Cell(replica.name(), Paths.agent(org, replica.agent().value()));
            if (replica.silent() != null) {
                rows.add(List.of(name, Cell.of(replica.silent()), Cell.of("–"), Cell.of("–"), Cell.of("–")));
            } else if (member == null) {
                rows.add(List.of(
                        name, Cell.of("Alone: it shares no targets"), Cell.of("–"), Cell.of("–"), Cell.of("–")));
            } else {
                rows.add(List.of(
                        name,
                        Cell.of(state(member)),
                        Cell.of(String.valueOf(member.view())),
                        Cell.of(Format.number(member.targets())),
                        Cell.of(Math.round(member.load() * 100) + " %")));
            }
        }
        setRows(rows);
    }

    private static String state(TargetAnswers.Member member) {
        String words = Character.toUpperCase(member.state().charAt(0))
                + member.state().substring(1) + ", " + Format.count(member.members(), "member", "members");
        return member.coordinator() ? words + ", coordinator" : words;
    }
}
