package io.lightvessel.pipeline.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.lightvessel.pipeline.MalformedPayload;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, -0",
        "1, 1",
        "1.5, 1.5",
        "100, 100",
        "-0.25, -0.25",
        "123456789.125, 123456789.125",
        "1e20, 100000000000000000000",
        "1e21, 1e+21",
        "1.5e-7, 1.5e-7",
        "0.000001, 0.000001",
        "-1.25e300, -1.25e+300",
        "1e-10, 1e-10",
        "NaN, json: unsupported value: NaN",
        "-Infinity, json: unsupported value: -Inf"
    })
    void numbersAreAsGoWritesThem(double number, String text) {
        assertThat(ValueText.ofNumber(number)).isEqualTo(text);
    }

    @Test
    void listsAreJson() throws Exception {
        var bytes =
                io.opentelemetry.proto.common.v1.AnyValue.newBuilder().setBytesValue(ByteString.copyFromUtf8("hi!"));
        var list = io.opentelemetry.proto.common.v1.AnyValue.newBuilder()
                .setKvlistValue(KeyValueList.newBuilder()
                        .addValues(KeyValue.newBuilder().setKey("z").setValue(bytes))
                        .addValues(KeyValue.newBuilder()
                                .setKey("a \"<")
                                .setValue(io.opentelemetry.proto.common.v1.AnyValue.newBuilder()
                                        .setArrayValue(ArrayValue.newBuilder()
                                                .addValues(number(1))
                                                .addValues(
                                                        io.opentelemetry.proto.common.v1.AnyValue.getDefaultInstance())
                                                .addValues(io.opentelemetry.proto.common.v1.AnyValue.newBuilder()
                                                        .setBoolValue(true))))))
                .build();
        assertThat(text(list.toByteArray())).isEqualTo("{\"a \\\"\\u003c\":[1,null,true],\"z\":\"aGkh\"}");
        assertThat(text(bytes.build().toByteArray())).isEqualTo("aGkh");
    }

    @Test
    void nestingHasAnEnd() {
        var value = number(1);
        for (int i = 0; i < 100; i++) {
            value = io.opentelemetry.proto.common.v1.AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(value))
                    .build();
        }
        byte[] deep = value.toByteArray();
        assertThatThrownBy(() -> text(deep))
                .isInstanceOf(MalformedPayload.class)
                .hasMessage("a value nested 65 deep (expected: at most 64)");
    }

    private static io.opentelemetry.proto.common.v1.AnyValue number(long value) {
        return io.opentelemetry.proto.common.v1.AnyValue.newBuilder()
                .setIntValue(value)
                .build();
    }

    private static String text(byte[] bytes) throws MalformedPayload {
        AnyValue value = new AnyValue();
        value.read(bytes, 0, bytes.length);
        return ValueText.of(value);
    }
}
