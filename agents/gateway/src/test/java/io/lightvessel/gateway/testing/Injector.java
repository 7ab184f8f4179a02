package io.lightvessel.gateway.testing;

import io.lightvessel.config.Settings;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.Prepared;
import io.lightvessel.pipeline.Receiver;
import io.lightvessel.pipeline.ReceiverContext;
import io.lightvessel.pipeline.ReceiverFactory;
import io.lightvessel.pipeline.Refusal;
import io.lightvessel.pipeline.Result;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A receiver, in configs under the name of {@code otlp}, that hands payloads of a test to an engine. */
public final class Injector implements ReceiverFactory, Receiver {

    private @Nullable ReceiverContext context;

    /** Completes with null when the payload was accepted, otherwise with why not. */
    public CompletableFuture<@Nullable Refusal> send(Payload payload) {
        CompletableFuture<@Nullable Refusal> answer = new CompletableFuture<>();
        if (context == null) {
            throw new IllegalStateException("no engine has started this receiver");
        }
        context.outlet(payload.signal(), "test").accept(payload, new Result() {
            @Override
            public void accepted() {
                answer.complete(null);
            }

            @Override
            public void refused(Refusal refusal) {
                answer.complete(refusal);
            }
        });
        return answer;
    }

    @Override
    public String type() {
        return "otlp";
    }

    @Override
    public Prepared<Receiver> prepare(ReceiverContext given, Settings settings, @Nullable Receiver previous) {
        context = given;
        return Prepared.ready(this);
    }

    @Override
    public void stop(Duration grace) {
        // It has nothing that runs.
    }
}
