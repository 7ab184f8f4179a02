package io.lightvessel.gateway.exposition;

/** A parser that can tell which samples together are a classic histogram. */
interface ClassicParts extends ExpositionParser {
    /** What the sample is of a classic histogram that the current family is; {@link Part#WHOLE} if nothing of the kind. */
    Part part();

    /** The upper bound of a bucket; NaN when it has none that is a number. */
    double bound();

    byte[] body();

    /** Name and labels of the entry, as places of the body; without {@code le} in formats where that is no label. */
    SeriesSpans spans();

    /** Where the name ends if the part's suffix is left out. */
    int baseNameTo();

    /** Tells labels that were remembered, under a name without suffix and without {@code le}. */
    void tellBase(SeriesSpans remembered, LabelSink sink) throws MalformedExposition;

    /** Leaves the bound out. */
    static LabelSink withoutBound(LabelSink sink) {
        return new LabelSink() {
            @Override
            public void label(String name, String value) {
                if (!name.equals("le")) {
                    sink.label(name, value);
                }
            }

            @Override
            public void withoutValue(String name) {
                sink.withoutValue(name);
            }
        };
    }
}
