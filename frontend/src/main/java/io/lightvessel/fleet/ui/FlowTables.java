package io.lightvessel.fleet.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import io.lightvessel.fleet.AgentFlow;
import io.lightvessel.fleet.AgentRates;
import io.lightvessel.fleet.Rate;
import io.lightvessel.platform.ui.Format;
import io.lightvessel.platform.ui.SmallTable;
import io.lightvessel.platform.ui.SmallTable.Cell;
import io.lightvessel.platform.ui.SmallTable.Column;
import java.util.Comparator;
import java.util.List;

/** Shows what passes through an agent: the balance, where it comes from, where it goes. */
class FlowTables extends Div {

    private final SmallTable balance =
            new SmallTable("Balance", Column.text("Now"), Column.number("Records"), Column.number("Bytes"));
    private final SmallTable sources = new SmallTable(
            "Sources",
            Column.text("Service"),
            Column.text("Receiver"),
            Column.text("Signal"),
            Column.number("Records"),
            Column.number("Bytes"));
    private final SmallTable destinations = new SmallTable(
            "Destinations",
            Column.text("Exporter"),
            Column.text("Endpoint"),
            Column.text("Signal"),
            Column.number("Records"),
            Column.number("Failed"),
            Column.number("Queued"),
            Column.text("Last error"));
    private final Paragraph nothing = new Paragraph("No telemetry has passed through this agent yet.");
    private final Div tables = new Div(balance, new H3("Comes from"), sources, new H3("Goes to"), destinations);

    FlowTables() {
        setId("agent-flow");
        nothing.addClassName("lv-soft");
        tables.addClassName("lv-stack");
        add(nothing, tables);
    }

    void set(AgentFlow flow) {
        boolean empty = flow.sources().isEmpty() && flow.destinations().isEmpty();
        nothing.setVisible(empty);
        tables.setVisible(!empty);
        AgentRates rates = flow.agent().rates();
        balance.setRows(List.of(
                row("Received", rates.received()),
                row("Delivered", rates.delivered()),
                row("Dropped", rates.dropped()),
                List.of(Cell.of("Queued"), Cell.of(Format.number(rates.queuedRecords())), Cell.of(""))));
        // Sorted, so that rows keep their places while their numbers change.
        sources.setRows(flow.sources().stream()
                .sorted(Comparator.comparing(AgentFlow.Source::service)
                        .thenComparing(AgentFlow.Source::signal)
                        .thenComparing(AgentFlow.Source::receiver))
                .map(source -> List.of(
                        Cell.of(source.service().isBlank() ? "(unnamed)" : source.service()),
                        Cell.of(source.receiver()),
                        Cell.of(source.signal().wireName()),
                        Cell.of(Format.rate(source.rate().recordsPerSecond())),
                        Cell.of(Format.byteRate(source.rate().bytesPerSecond()))))
                .toList());
        destinations.setRows(flow.destinations().stream()
                .sorted(Comparator.comparing(AgentFlow.Destination::exporter)
                        .thenComparing(AgentFlow.Destination::signal))
                .map(destination -> List.of(
                        Cell.of(destination.exporter()),
                        Cell.of(destination.endpoint()),
                        Cell.of(destination.signal().wireName()),
                        Cell.of(Format.rate(destination.rate().recordsPerSecond())),
                        Cell.of(Format.rate(destination.failedPerSecond())),
                        Cell.of(Format.number(destination.queuedRecords())),
                        Cell.of(destination.lastError())))
                .toList());
    }

    private static List<Cell> row(String what, Rate rate) {
        return List.of(
                Cell.of(what),
                Cell.of(Format.rate(rate.recordsPerSecond())),
                Cell.of(Format.byteRate(rate.bytesPerSecond())));
    }
}
