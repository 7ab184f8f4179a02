package io.lightvessel.gateway.loki;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a push request back as lines like {@code {a="b"} nanos line {x=y}}, and checks what Loki demands. */
final class Pushed {
    private static final Descriptor REQUEST = request();
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\.)*)\"(?:, (?!})|(?=}))", Pattern.DOTALL);

    private Pushed() {}

    static List<String> lines(byte[] packed) throws Exception {
        ByteBuf plain = Unpooled.buffer();
        new Snappy().decode(Unpooled.wrappedBuffer(packed), plain);
        byte[] bytes = new byte[plain.readableBytes()];
        plain.readBytes(bytes);
        List<String> lines = new ArrayList<>();
        List<String> streams = new ArrayList<>();
        for (Object stream : list(DynamicMessage.parseFrom(REQUEST, bytes), "streams")) {
            String labels = (String) get((Message) stream, "labels");
            check(labels);
            streams.add(labels);
            entries((Message) stream, labels, lines);
        }
        assertThat(streams).doesNotHaveDuplicates();
        return lines;
    }

    private static void entries(Message stream, String labels, List<String> lines) {
        long before = Long.MIN_VALUE;
        assertThat(list(stream, "entries")).isNotEmpty();
        for (Object item : list(stream, "entries")) {
            Message entry = (Message) item;
            Message timestamp = (Message) get(entry, "timestamp");
            long nanos = (long) get(timestamp, "seconds") * 1_000_000_000L + (int) get(timestamp, "nanos");
            assertThat(nanos).as("order of " + labels).isGreaterThanOrEqualTo(before);
            before = nanos;
            List<String> beside = new ArrayList<>();
            for (Object pair : list(entry, "structuredMetadata")) {
                beside.add(get((Message) pair, "name") + "=" + get((Message) pair, "value"));
            }
            lines.add(labels + " " + nanos + " " + get(entry, "line") + (beside.isEmpty() ? "" : " " + beside));
        }
    }

    private static void check(String labels) {
        assertThat(labels).startsWith("{").endsWith("}").hasSizeGreaterThan(2);
        Matcher label = LABEL.matcher(labels);
        int at = 1;
        String before = "";
        while (at < labels.length() - 1) {
            assertThat(label.find(at) && label.start() == at)
                    .as("labels " + labels + " at " + at)
                    .isTrue();
            assertThat(label.group(1)).as("order of labels in " + labels).isGreaterThan(before);
            before = label.group(1);
            at = label.end();
        }
    }

    private static Object get(Message message, String field) {
        assertThat(message.getUnknownFields().asMap()).isEmpty();
        return message.getField(message.getDescriptorForType().findFieldByName(field));
    }

    private static List<?> list(Message message, String field) {
        return (List<?>) get(message, field);
    }

    private static Descriptor request() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("push.proto")
                .setPackage("logproto")
                .setSyntax("proto3")
                .addMessageType(message("PushRequest", many(1, "streams", "Stream")))
                .addMessageType(message("Stream", one(1, "labels", Type.TYPE_STRING), many(2, "entries", "Entry")))
                .addMessageType(message(
                        "Entry",
                        one(1, "timestamp", Type.TYPE_MESSAGE).toBuilder()
                                .setTypeName(".logproto.Timestamp")
                                .build(),
                        one(2, "line", Type.TYPE_STRING),
                        many(3, "structuredMetadata", "Pair")))
                .addMessageType(
                        message("Timestamp", one(1, "seconds", Type.TYPE_INT64), one(2, "nanos", Type.TYPE_INT32)))
                .addMessageType(message("Pair", one(1, "name", Type.TYPE_STRING), one(2, "value", Type.TYPE_STRING)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("PushRequest");
        } catch (com.google.protobuf.Descriptors.DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static DescriptorProto message(String name, FieldDescriptorProto... fields) {
        return DescriptorProto.newBuilder()
                .setName(name)
                .addAllField(List.of(fields))
                .build();
    }

    private static FieldDescriptorProto one(int number, String name, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setNumber(number)
                .setName(name)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL)
                .build();
    }

    private static FieldDescriptorProto many(int number, String name, String message) {
        return one(number, name, Type.TYPE_MESSAGE).toBuilder()
                .setLabel(Label.LABEL_REPEATED)
                .setTypeName(".logproto." + message)
                .build();
    }
}
