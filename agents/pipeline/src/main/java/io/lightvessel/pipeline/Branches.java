package io.lightvessel.pipeline;

import java.util.List;

/**
 * Where a pipeline ends: hands each payload to all of its exporters, converted once for those that do not take its form.
 * Accepted when all of them have accepted.
 */
final class Branches implements Consumer {

    private final Branch[] branches;
    private final FormConverters converters;

    Branches(List<Branch> branches, FormConverters converters) {
        this.branches = branches.toArray(Branch[]::new);
        this.converters = converters;
    }

    @Override
    public void accept(Payload payload, Result result) {
        Result each = branches.length == 1 ? result : new JoinedResult(result, branches.length);
        if (payload.form() != PayloadForm.OTLP) {
            acceptForm(payload, each);
            return;
        }
        payload.retain(branches.length);
        for (Branch branch : branches) {
            branch.accept(payload, each);
        }
        payload.release();
    }

    private void acceptForm(Payload payload, Result each) {
        Payload converted = null;
        Refusal refusal = null;
        for (Branch branch : branches) {
            // Asked every time, for exporters change while pipelines stay.
            if (branch.takes(payload.form())) {
                branch.accept(payload.retain(), each);
                continue;
            }
            if (converted == null && refusal == null) {
                try {
                    converted = converters.convert(payload);
                } catch (FormConverters.Impossible e) {
                    refusal = e.refusal();
                }
            }
            if (converted != null) {
                branch.accept(converted.retain(), each);
            } else if (refusal != null) {
                branch.refuse(payload.retain(), each, refusal);
            }
        }
        if (converted != null) {
            converted.release();
        }
        payload.release();
    }
}
