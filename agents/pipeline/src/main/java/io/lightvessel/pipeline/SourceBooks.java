package io.lightvessel.pipeline;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Signal;
import io.lightvessel.pipeline.series.SeriesReader;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what each producer sent, producers being told apart by the service name and namespace of their resources.
 * Distinct names are bounded, and who a resource is gets looked up by its bytes, so that counting neither decodes nor
 * allocates for a resource that was seen before.
 */
final class SourceBooks {

    static final int MAX_SOURCES = 1000;
    static final String OTHER = "(other)";
    private static final byte[] JOB = "job".getBytes(StandardCharsets.UTF_8);

    private static final Logger LOG = LoggerFactory.getLogger(SourceBooks.class);

    private record Key(ResourceIdentity identity, ComponentId receiver, Signal signal) {}

    private final Map<Key, Tally> sources = new ConcurrentHashMap<>();
    private final ByteKeyedCache<ResourceIdentity> identities = new ByteKeyedCache<>(4096, 64 << 10);

    void count(ComponentId receiver, Payload payload) {
        if (payload.records() == 0) {
            return;
        }
        if (payload.form() != PayloadForm.OTLP) {
            tally(identityOf(payload), receiver, payload.signal()).add(payload.records(), payload.size());
            return;
        }
        try {
            ResourceGroups groups = new ResourceGroups(payload);
            while (groups.next()) {
                countGroup(receiver, payload, groups);
            }
        } catch (MalformedPayload e) {
            // The walk has been through these very bytes, so this is a bug and not the producer's fault.
            LOG.error("sources: {} cannot be read a second time: {}", payload, e.getMessage());
        }
    }

    /** A scrape's series are of one target, so its first job tells who that is. */
    private static ResourceIdentity identityOf(Payload payload) {
        if (payload.form() == PayloadForm.SERIES) {
            try {
                SeriesReader reader = new SeriesReader(payload.bytes());
                int job = reader.symbols().find(JOB);
                while (job >= 0 && reader.next()) {
                    for (int i = 0; i < reader.labels(); i += 2) {
                        if (reader.label(i) == job) {
                            return new ResourceIdentity(reader.symbols().text(reader.label(i + 1)), "");
                        }
                    }
                }
            } catch (MalformedPayload e) {
                LOG.error("sources: {} cannot be read a second time: {}", payload, e.getMessage());
            }
        }
        return new ResourceIdentity("", "");
    }

    private void countGroup(ComponentId receiver, Payload payload, ResourceGroups groups) throws MalformedPayload {
        ByteBuf bytes = payload.bytes();
        ResourceIdentity identity = identities.find(bytes, groups.resourceFrom(), groups.resourceTo());
        if (identity == null) {
            identity = ResourceIdentity.read(bytes, groups.resourceFrom(), groups.resourceTo());
            identities.put(bytes, groups.resourceFrom(), groups.resourceTo(), identity);
        }
        tally(identity, receiver, payload.signal())
                .add(groups.countRecords(), (long) groups.groupTo() - groups.fieldFrom());
    }

    private Tally tally(ResourceIdentity identity, ComponentId receiver, Signal signal) {
        Key key = new Key(identity, receiver, signal);
        Tally tally = sources.get(key);
        if (tally != null) {
            return tally;
        }
        if (sources.size() >= MAX_SOURCES) {
            key = new Key(new ResourceIdentity(OTHER, ""), receiver, signal);
        }
        return sources.computeIfAbsent(key, _ -> new Tally());
    }

    List<FlowSnapshot.Source> snapshot() {
        List<FlowSnapshot.Source> list = new ArrayList<>();
        sources.forEach((key, tally) -> list.add(new FlowSnapshot.Source(
                key.identity().serviceName(),
                key.identity().serviceNamespace(),
                key.receiver(),
                key.signal(),
                tally.count())));
        return list;
    }
}
