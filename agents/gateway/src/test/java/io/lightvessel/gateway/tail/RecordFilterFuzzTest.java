package io.lightvessel.gateway.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightvessel.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class RecordFilterFuzzTest {
    @Test
    void filtersThatPeopleType() {
        Fuzz.run(
                "record-filter",
                5000,
                input -> RecordFilter.parse(new String(input, UTF_8)).getClass(),
                IllegalArgumentException.class);
    }
}
