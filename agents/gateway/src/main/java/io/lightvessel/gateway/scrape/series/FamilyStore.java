package io.lightvessel.gateway.scrape.series;

import io.lightvessel.gateway.exposition.MetricFamily;
import io.lightvessel.gateway.exposition.MetricType;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a target says about its families, each version of it with a number and the bytes it has in a request. */
final class FamilyStore {
    private static final int METADATA = 5;

    private record Known(@Nullable MetricFamily family, int id, byte[] metadata) {}

    private static final Known UNKNOWN = new Known(null, 0, new byte[0]);

    private final SymbolStore symbols;
    private final Map<String, Known> byName = new HashMap<>();
    private final List<Known> byId = new ArrayList<>(List.of(UNKNOWN));
    private Known last = UNKNOWN;

    FamilyStore(SymbolStore symbols) {
        this.symbols = symbols;
    }

    /** The number of this version of the family; a changed type, help or unit makes another one. */
    @SuppressWarnings("ReferenceEquality") // A shortcut: parsers give the same object for as long as nothing changes.
    int id(@Nullable MetricFamily family) {
        if (family == last.family()) {
            return last.id();
        }
        if (family == null) {
            return 0;
        }
        Known known = byName.get(family.name());
        if (known == null || !family.equals(known.family())) {
            known = new Known(family, byId.size(), metadata(family.type(), family.help(), family.unit()));
            byName.put(family.name(), known);
            byId.add(known);
        }
        last = known;
        return known.id();
    }

    private byte[] metadata(MetricType type, String help, String unit) {
        ProtoWriter out = new ProtoWriter(16);
        int message = out.begin(METADATA);
        if (type != MetricType.UNSPECIFIED) {
            out.varint(1, type.ordinal());
        }
        if (!help.isEmpty()) {
            out.varint(3, symbols.intern(help));
        }
        if (!unit.isEmpty()) {
            out.varint(4, symbols.intern(unit));
        }
        out.end(message);
        return out.toByteArray();
    }

    byte[] metadata(int id) {
        return byId.get(id).metadata();
    }

    @Nullable
    MetricFamily family(int id) {
        return byId.get(id).family();
    }

    MetricType type(int id) {
        MetricFamily family = family(id);
        return family == null ? MetricType.UNSPECIFIED : family.type();
    }
}
