package io.lightvessel.gateway.series;

import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.lightvessel.pipeline.series.SeriesReader;
import io.lightvessel.pipeline.series.SeriesRuns;
import io.lightvessel.pipeline.series.SymbolIndex;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The labels that say which instrumentation scope a series comes from: {@code otel_scope_name}, {@code
 * otel_scope_version}, {@code otel_scope_schema_url}, and attributes under their own names.
 *
 * @param references names and values in turn
 */
record ScopeLabels(List<Integer> references) {

    static final ScopeLabels NONE = new ScopeLabels(List.of());

    private static final byte[] NAME = bytes("otel_scope_name");
    private static final byte[] VERSION = bytes("otel_scope_version");
    private static final byte[] SCHEMA = bytes("otel_scope_schema_url");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ScopeLabels of(SeriesRuns runs, SymbolIndex symbols, byte[] prefix) {
        List<Integer> found = List.of();
        for (int i = 0; i < runs.others(); i += 2) {
            if (symbols.startsWith(runs.other(i), prefix)) {
                found = found.isEmpty() ? new ArrayList<>() : found;
                found.add(runs.other(i));
                found.add(runs.other(i + 1));
            }
        }
        return found.isEmpty() ? NONE : new ScopeLabels(List.copyOf(found));
    }

    /** @param own the name of the scope of series that name none */
    void write(ProtoWriter out, SeriesReader reader, String own) {
        boolean named = false;
        for (int i = 0; i < references.size(); i += 2) {
            int label = references.get(i);
            int value = references.get(i + 1);
            if (reader.symbols().is(label, NAME)) {
                Attributes.symbol(out, 1, reader, value, 0);
                named = true;
            } else if (reader.symbols().is(label, VERSION)) {
                Attributes.symbol(out, 2, reader, value, 0);
            } else if (!reader.symbols().is(label, SCHEMA)) {
                Attributes.writeWithout(out, 3, reader, label, "otel_scope_".length(), value);
            }
        }
        if (!named) {
            out.string(1, own);
        }
    }

    void writeSchema(ProtoWriter out, SymbolIndex symbols) {
        for (int i = 0; i < references.size(); i += 2) {
            if (symbols.is(references.get(i), SCHEMA)) {
                out.string(3, symbols.text(references.get(i + 1)));
            }
        }
    }
}
