package io.lightvessel.pipeline;

import org.jspecify.annotations.Nullable;

/** Where a receiver's telemetry enters a pipeline and its ledger. */
final class Entrance implements Consumer {

    private final String component;
    private final PipelineBooks books;
    private final int branches;
    private final @Nullable Edge edge;
    private final Consumer first;

    /**
     * @param component the receiver, as edges name it
     * @param branches exporters of the pipeline; the ledger counts a record once for each
     * @param edge counts what got into the first processor; null when exporters follow at once and count for themselves
     */
    Entrance(String component, PipelineBooks books, int branches, @Nullable Edge edge, Consumer first) {
        this.component = component;
        this.books = books;
        this.branches = branches;
        this.edge = edge;
        this.first = first;
    }

    @Override
    public void accept(Payload payload, Result result) {
        int records = payload.records();
        int size = payload.size();
        books.received((long) records * branches, payload.receivedBytes() * branches);
        if (edge == null) {
            first.accept(payload, result);
        } else {
            edge.offered(payload);
            first.accept(payload, counted(result, edge, records, size));
        }
    }

    /** Counts what came this far and no further. */
    void leftOut(DropReason reason, long records, long bytes) {
        books.received(records * branches, bytes * branches);
        books.dropped(component, reason, records * branches, bytes * branches);
    }

    private static Result counted(Result result, Edge edge, int records, int size) {
        return new Result() {
            @Override
            public void accepted() {
                edge.passed(records, size);
                result.accepted();
            }

            @Override
            public void refused(Refusal refusal) {
                result.refused(refusal);
            }
        };
    }
}
