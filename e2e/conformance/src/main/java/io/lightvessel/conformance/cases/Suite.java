package io.lightvessel.conformance.cases;

import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order they run: what is plain first, what may hurt a receiver last. */
public final class Suite {

    private Suite() {}

    public static List<Case> all() {
        return Stream.of(
                        HttpCases.all(),
                        GrpcCases.all(),
                        JsonCases.all(),
                        ValueCases.all(),
                        CompressionCases.all(),
                        ErrorCases.all(),
                        ProfileCases.all(),
                        LimitCases.all(),
                        BackpressureCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
