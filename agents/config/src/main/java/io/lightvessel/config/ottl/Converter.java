package io.lightvessel.config.ottl;

import static io.lightvessel.config.ottl.Parameter.of;

import io.lightvessel.config.ottl.Parameter.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions that make a value of others. */
public enum Converter {
    BOOL("Bool", Type.ANY, of("value", Kind.VALUE)),
    CONCAT("Concat", Type.TEXT, of("values", Kind.VALUES), of("delimiter", Kind.LITERAL_TEXT)),
    DOUBLE("Double", Type.ANY, of("value", Kind.VALUE)),
    HAS_PREFIX("HasPrefix", Type.FLAG, of("value", Kind.TEXT), of("prefix", Kind.TEXT)),
    HAS_SUFFIX("HasSuffix", Type.FLAG, of("value", Kind.TEXT), of("suffix", Kind.TEXT)),
    INT("Int", Type.ANY, of("value", Kind.VALUE)),
    IS_BOOL("IsBool", Type.FLAG, of("value", Kind.VALUE)),
    IS_DOUBLE("IsDouble", Type.FLAG, of("value", Kind.VALUE)),
    IS_INT("IsInt", Type.FLAG, of("value", Kind.VALUE)),
    IS_LIST("IsList", Type.FLAG, of("value", Kind.VALUE)),
    IS_MAP("IsMap", Type.FLAG, of("value", Kind.VALUE)),
    IS_MATCH("IsMatch", Type.FLAG, of("target", Kind.VALUE), of("pattern", Kind.PATTERN)),
    IS_STRING("IsString", Type.FLAG, of("value", Kind.VALUE)),
    LEN("Len", Type.WHOLE, of("target", Kind.VALUE)),
    SHA256("SHA256", Type.TEXT, of("value", Kind.TEXT)),
    SPAN_ID("SpanID", Type.SPAN_ID, of("value", Kind.BYTES)),
    SPLIT("Split", Type.LIST, of("target", Kind.TEXT), of("delimiter", Kind.LITERAL_TEXT)),
    STRING("String", Type.ANY, of("value", Kind.VALUE)),
    SUBSTRING("Substring", Type.TEXT, of("target", Kind.TEXT), of("start", Kind.WHOLE), of("length", Kind.WHOLE)),
    TO_LOWER_CASE("ToLowerCase", Type.TEXT, of("target", Kind.TEXT)),
    TO_UPPER_CASE("ToUpperCase", Type.TEXT, of("target", Kind.TEXT)),
    TRACE_ID("TraceID", Type.TRACE_ID, of("value", Kind.BYTES));

    private final String label;
    private final Type result;
    private final List<Parameter> parameters;

    Converter(String label, Type result, Parameter... parameters) {
        this.label = label;
        this.result = result;
        this.parameters = List.of(parameters);
    }

    /** The function as statements spell it. */
    public String label() {
        return label;
    }

    Type result() {
        return result;
    }

    List<Parameter> parameters() {
        return parameters;
    }

    static Optional<Converter> named(String name) {
        return Arrays.stream(values())
                .filter(converter -> converter.label.equals(name))
                .findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Converter::label).toList();
    }
}
