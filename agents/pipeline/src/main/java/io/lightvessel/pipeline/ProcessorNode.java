package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentConfig;
import io.lightvessel.config.PipelineId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A processor's place in a pipeline: hands it payloads, keeps the books for it, and survives its failures. */
final class ProcessorNode implements Consumer, ProcessorContext, Placed {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessorNode.class);

    private final PipelineBooks books;
    private final String component;
    private final int branches;
    private final Edge edge;
    private final Consumer next;
    private final Place place;
    private @Nullable Processor processor;

    /**
     * @param branches exporters of the pipeline; ledgers count a record once for each
     * @param edge counts what is handed to this processor
     */
    ProcessorNode(
            ComponentConfig config,
            PipelineBooks books,
            int branches,
            Edge edge,
            Consumer next,
            Means means,
            ExtensionSet extensions) {
        this.books = books;
        this.component = "processor/" + config.id();
        this.branches = branches;
        this.edge = edge;
        this.next = next;
        this.place = new Place(
                config,
                means,
                extensions,
                means.healthCell("processor " + config.id() + " of " + books.pipeline()),
                means.metrics()
                        .scope(Map.of(
                                "processor",
                                config.id().toString(),
                                "pipeline",
                                books.pipeline().toString())));
    }

    @Override
    public Place place() {
        return place;
    }

    void run(Processor made) {
        this.processor = made;
    }

    private Processor processor() {
        if (processor == null) {
            throw new IllegalStateException("processor " + id() + " is used before it was made");
        }
        return processor;
    }

    @Override
    public void accept(Payload payload, Result result) {
        edge.offered(payload);
        edge.passed(payload.records(), payload.size());
        Count amount = payload.amount();
        try {
            Processor taker = processor();
            if (taker.forms().contains(payload.form())) {
                taker.accept(payload, result);
            } else {
                acceptConverted(taker, payload, result);
            }
        } catch (RuntimeException | Error e) {
            // Whether it let go of the payload is unknown, so the payload is left alone: leaking beats freeing twice.
            LOG.error("processor {} of {} threw, which its contract forbids", id(), pipeline(), e);
            place.health().broken("threw " + e);
            dropped(DropReason.COMPONENT_FAILURE, amount);
            result.refused(Refusal.permanent(
                    DropReason.COMPONENT_FAILURE, "processor " + id() + " of " + pipeline() + " failed"));
        }
    }

    private void acceptConverted(Processor taker, Payload payload, Result result) {
        Payload converted;
        try {
            converted = place.means().converters().convert(payload);
        } catch (FormConverters.Impossible e) {
            refuse(payload, result, e.refusal());
            return;
        }
        payload.release();
        taker.accept(converted, result);
    }

    @Override
    public void refuse(Payload payload, Result result, Refusal refusal) {
        dropped(refusal.reason(), payload.amount());
        payload.release();
        result.refused(refusal);
    }

    @Override
    public void dropped(DropReason reason, Count left) {
        books.dropped(component, reason, left.records() * branches, left.bytes() * branches);
    }

    /** What the processor holds, once for every branch. */
    Count held() {
        Count held = processor().held();
        return new Count(held.records() * branches, held.bytes() * branches);
    }

    void stop() {
        Stopping.run(
                "processor " + id() + " of " + pipeline(),
                () -> processor().stop(place.means().options().grace()));
    }

    void closeMetrics() {
        place.metrics().close();
    }

    @Override
    public PipelineId pipeline() {
        return books.pipeline();
    }

    @Override
    public Consumer next() {
        return next;
    }

    @Override
    public ByteBudget budget() {
        return place.means().budget();
    }
}
