package io.lightvessel.collector.ebpf;

import io.lightvessel.collector.ebpf.recent.ProfileInterval;
import io.lightvessel.collector.ebpf.recent.RecentProfiles;
import io.lightvessel.collector.ebpf.symbols.KernelNames;
import io.lightvessel.collector.ebpf.symbols.ProcessFrames;
import io.lightvessel.pipeline.ByteBudget;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.pprof.PushRequest;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Makes an interval push requests: a series and a profile for each process, many processes in one request. */
final class Packing {
    /** A request is sent on when it has become as large; one process alone may be larger. */
    private static final int REQUEST_BYTES = 512 << 10;

    private static final String NAME = "process_cpu";

    private final ByteBudget budget;
    private final ProcessProfile profile;
    private final RecentProfiles recent;
    private final ProtoWriter plain = new ProtoWriter(1 << 14);
    private final ProtoWriter request = new ProtoWriter(1 << 14);
    private int series;

    /** @param recent is given the same, for those who look at the agent */
    Packing(ByteBudget budget, KernelNames kernel, RecentProfiles recent) {
        this.budget = budget;
        this.recent = recent;
        this.profile = new ProcessProfile(kernel);
    }

    /**
     * @param out takes each request
     * @return how many profiles there was no memory for
     */
    int pack(Interval interval, Duration duration, Consumer<Payload> out) {
        List<List<Integer>> stacks = new ArrayList<>();
        for (int i = 0; i < interval.processes().size(); i++) {
            stacks.add(new ArrayList<>());
        }
        for (int stack = 0; stack < interval.stacks().size(); stack++) {
            stacks.get(interval.stacks().process(stack)).add(stack);
        }
        ProfileInterval shown = new ProfileInterval(interval.start());
        int refused = 0;
        for (int i = 0; i < stacks.size(); i++) {
            if (!stacks.get(i).isEmpty()) {
                add(interval, interval.processes().get(i), stacks.get(i), duration, shown);
                if (request.size() >= REQUEST_BYTES) {
                    refused += flush(out);
                }
            }
        }
        recent.add(shown, interval.start().plus(duration), TimeUnit.SECONDS.toNanos(1) / interval.hertz());
        return refused + flush(out);
    }

    private void add(
            Interval interval, ProcessFrames process, List<Integer> stacks, Duration duration, ProfileInterval shown) {
        plain.clear();
        profile.write(interval, process, stacks, duration, shown, plain);
        Map<String, String> labels = new TreeMap<>(process.labels().values());
        labels.put("__name__", NAME);
        PushRequest.series(request, labels, gzip(), UUID.randomUUID());
        series++;
    }

    private byte[] gzip() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(Math.max(256, plain.size() / 3));
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed, 4096)) {
            gzip.write(plain.array(), 0, plain.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private int flush(Consumer<Payload> out) {
        int profiles = series;
        series = 0;
        if (profiles == 0) {
            return 0;
        }
        byte[] bytes = request.toByteArray();
        request.clear();
        ByteBudget.Lease lease = budget.tryAcquire(bytes.length);
        if (lease == null) {
            return profiles;
        }
        out.accept(Payload.of(PayloadForm.PPROF, Unpooled.wrappedBuffer(bytes), profiles, lease));
        return 0;
    }
}
