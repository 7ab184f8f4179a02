package io.lightvessel.agent.debug;

import io.lightvessel.pipeline.Count;
import io.lightvessel.pipeline.FlowSnapshot;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** The books of every pipeline and whether they balance. */
final class LedgerView {
    private final Rates rates;

    LedgerView(Rates rates) {
        this.rates = rates;
    }

    void write(JsonGenerator json) {
        Rates.View view = rates.look();
        json.writeStartObject();
        json.writeStringProperty("start", view.now().start().toString());
        json.writeStringProperty("time", view.now().time().toString());
        json.writeName("pipelines");
        json.writeStartArray();
        view.now().pipelines().forEach(ledger -> ledger(json, ledger, view));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void ledger(JsonGenerator json, FlowSnapshot.Ledger ledger, Rates.View view) {
        json.writeStartObject();
        json.writeStringProperty("pipeline", ledger.pipeline().toString());
        amount(json, "received", ledger, view, FlowSnapshot.Ledger::received);
        amount(json, "delivered", ledger, view, FlowSnapshot.Ledger::delivered);
        Amounts.count(json, "queued", ledger.queued());
        amount(json, "dropped", ledger, view, FlowSnapshot.Ledger::droppedInAll);
        json.writeName("losses");
        json.writeStartArray();
        ledger.losses().forEach(loss -> loss(json, loss));
        json.writeEndArray();
        Amounts.count(
                json,
                "difference",
                ledger.received()
                        .minus(ledger.delivered())
                        .minus(ledger.queued())
                        .minus(ledger.droppedInAll()));
        json.writeBooleanProperty("balanced", ledger.isBalanced());
        json.writeEndObject();
    }

    private static void amount(
            JsonGenerator json,
            String name,
            FlowSnapshot.Ledger ledger,
            Rates.View view,
            Function<FlowSnapshot.Ledger, Count> part) {
        json.writeName(name);
        json.writeStartObject();
        Amounts.count(json, part.apply(ledger));
        Optional<Rates.Rate> rate = view.rate(
                flow -> Rates.View.ledger(flow, ledger.pipeline()).map(part).orElse(Count.ZERO));
        Amounts.rate(json, rate);
        json.writeEndObject();
    }

    private static void loss(JsonGenerator json, FlowSnapshot.Loss loss) {
        json.writeStartObject();
        lossFields(json, loss);
        json.writeEndObject();
    }

    /** What a component dropped, into an object that may say more of it. */
    static void lossFields(JsonGenerator json, FlowSnapshot.Loss loss) {
        json.writeStringProperty("component", loss.component());
        json.writeStringProperty("reason", loss.reason().label());
        json.writeBooleanProperty("producerWasTold", loss.reason().producerWasTold());
        Amounts.count(json, loss.amount());
    }
}
