package io.lightvessel.pipeline;

/** Where a pipeline ends in one of its exporters. */
final class Branch implements Consumer {

    private final PipelineBooks books;
    private final Edge edge;
    private final Lane lane;

    Branch(PipelineBooks books, Edge edge, Lane lane) {
        this.books = books;
        this.edge = edge;
        this.lane = lane;
    }

    boolean takes(PayloadForm form) {
        return lane.takes(form);
    }

    /** Turns a payload away before it gets to the exporter. */
    void refuse(Payload payload, Result result, Refusal refusal) {
        books.dropped(lane.books().component(), refusal.reason(), payload.records(), payload.receivedBytes());
        payload.release();
        result.refused(refusal);
    }

    @Override
    public void accept(Payload payload, Result result) {
        int records = payload.records();
        int size = payload.size();
        edge.offered(payload);
        if (lane.accept(payload, result, books)) {
            edge.passed(records, size);
        }
    }
}
