package io.lightvessel.gateway.pprof.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.pipeline.pprof.PprofFields;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ProfileIndexTest {
    private final ProfileIndex index = new ProfileIndex();

    private static TestProfile good() {
        return new TestProfile("samples/count", "cpu/nanoseconds").add("main;a|user=x|bytes=8 bytes", 1, 2);
    }

    private void read(byte[] bytes) throws MalformedProfile {
        index.read(bytes, bytes.length);
    }

    /** A good profile, and after it whatever the test adds. */
    private void readWith(Consumer<ProtoWriter> more) throws MalformedProfile {
        ProtoWriter out = new ProtoWriter(256);
        byte[] profile = good().bytes();
        out.raw(profile, 0, profile.length);
        more.accept(out);
        read(out.toByteArray());
    }

    private static void message(ProtoWriter out, int field, long... fields) {
        int message = out.begin(field);
        for (int i = 0; i < fields.length; i += 2) {
            out.varint((int) fields[i], fields[i + 1]);
        }
        out.end(message);
    }

    @Test
    void countsWhatIsThere() throws Exception {
        read(good().bytes());
        assertThat(index.samples()).isEqualTo(1);
        assertThat(index.types()).isEqualTo(2);
        assertThat(index.typeName(1)).isEqualTo("cpu");
        assertThat(index.strings()).isGreaterThan(10);
    }

    @Test
    void unknownFieldsAreSkipped() throws Exception {
        readWith(out -> {
            out.varint(99, 7);
            out.fixed64(98, 7);
            message(out, 97, 1, 1);
        });
        assertThat(index.samples()).isEqualTo(1);
    }

    @Test
    void everythingHasToLeadSomewhere() {
        assertThatThrownBy(() -> read(new byte[0]))
                .hasMessage("a profile without strings (expected: strings, of which the first is empty)");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.SAMPLE, 2, 1)))
                .hasMessageContaining("a sample of 1 values")
                .hasMessageContaining("(expected: 2, as many as there are sample types)");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.SAMPLE, 1, 77, 2, 1, 2, 1)))
                .hasMessage("location 77 (expected: the id of a location in the profile)");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.LOCATION, 1, 50, 2, 9)))
                .hasMessage("mapping 9 (expected: the id of a mapping in the profile)");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.FUNCTION, 1, 50, 2, 999)))
                .hasMessageStartingWith("string 999 in a function (expected: less than ");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.FUNCTION, 1, 1)))
                .hasMessage("two functions with one id (expected: different ids)");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.LOCATION, 3, 5)))
                .hasMessageStartingWith("a location without an id at byte ");
        assertThatThrownBy(() -> readWith(out -> message(out, PprofFields.SAMPLE_TYPE, 1, 1, 2, 1)))
                .hasMessageContaining("(expected: 3, as many as there are sample types)");
        assertThatThrownBy(() -> readWith(out -> out.varint(PprofFields.COMMENT, 500)))
                .hasMessageStartingWith("string 500 in a comment");
        assertThatThrownBy(() -> readWith(out -> out.varint(PprofFields.SAMPLE, 1)))
                .hasMessageContaining("a sample of wire type 0");
        assertThatThrownBy(() -> readWith(out -> out.raw((byte) 0x0A))).hasMessageContaining("end of message");
    }

    @Test
    void moreTypesThanAnybodyHasAreRefused() {
        assertThatThrownBy(() -> readWith(out -> {
                    for (int i = 0; i < 100; i++) {
                        message(out, PprofFields.SAMPLE_TYPE, 1, 1);
                    }
                }))
                .hasMessage("102 sample types (expected: 1..64)");
    }
}
