package io.lightvessel.pipeline;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.lightvessel.config.Signal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Makes requests as no SDK would send them but every reader must take: any field filled, fields in any order, unknown
 * fields on every level, singular fields several times, messages in pieces, values of every kind, empty messages.
 */
public final class RandomWire {

    private final Random random;
    private final boolean sane;

    /** @param sane whether to keep to what serializers do: fields in order, once, none unknown */
    public RandomWire(long seed, boolean sane) {
        this.random = new Random(seed);
        this.sane = sane;
    }

    public static Message parse(Signal signal, byte[] bytes) {
        try {
            return empty(signal).newBuilderForType().mergeFrom(bytes).build();
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    public static Message empty(Signal signal) {
        return switch (signal) {
            case TRACES -> ExportTraceServiceRequest.getDefaultInstance();
            case METRICS -> ExportMetricsServiceRequest.getDefaultInstance();
            case LOGS -> ExportLogsServiceRequest.getDefaultInstance();
            case PROFILES -> throw new IllegalArgumentException("no profiles here");
        };
    }

    /** The bytes of a request. */
    public byte[] request(Signal signal) {
        return message(empty(signal).newBuilderForType(), 0);
    }

    /** The bytes as a buffer of some make, not always beginning at index 0. */
    public ByteBuf buffer(byte[] bytes) {
        int lead = random.nextInt(3);
        ByteBuf one = switch (random.nextInt(3)) {
            case 0 -> ByteBufAllocator.DEFAULT.directBuffer();
            case 1 -> ByteBufAllocator.DEFAULT.heapBuffer();
            default -> {
                CompositeByteBuf composite = ByteBufAllocator.DEFAULT.compositeBuffer();
                int cut = random.nextInt(bytes.length + 1);
                composite.addComponent(true, Unpooled.directBuffer().writeBytes(bytes, 0, cut));
                composite.addComponent(true, Unpooled.directBuffer().writeBytes(bytes, cut, bytes.length - cut));
                yield composite;
            }
        };
        if (one instanceof CompositeByteBuf) {
            return one;
        }
        return one.writeZero(lead).writeBytes(bytes).readerIndex(lead);
    }

    private byte[] message(Message.Builder builder, int depth) {
        List<byte[]> pieces = new ArrayList<>();
        // One alternative of each, since protobuf-java merges a message with an earlier one even across others.
        Set<OneofDescriptor> chosen = new HashSet<>();
        for (FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            boolean leads = depth < 4 && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated();
            if (random.nextInt(leads ? 8 : 3) == 0 || (field.getContainingOneof() != null && random.nextInt(3) > 0)) {
                continue;
            }
            if (field.getContainingOneof() != null && !chosen.add(field.getContainingOneof())) {
                continue;
            }
            if (depth > 8 && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                continue;
            }
            boolean points = field.getContainingOneof() != null
                    && field.getNumber() != 0
                    && builder.getDescriptorForType().getName().equals("Metric");
            int times = field.isRepeated() ? random.nextInt(4) : !sane && random.nextInt(9) == 0 && !points ? 2 : 1;
            for (int i = 0; i < times; i++) {
                pieces.add(field(builder, field, depth));
            }
            if (points) {
                // Several alternatives at once would be merged away by decoders but are records to a walk.
                if (!sane && random.nextInt(6) == 0) {
                    pieces.add(field(builder, field, depth));
                }
                break;
            }
        }
        if (!sane) {
            while (random.nextInt(5) == 0) {
                pieces.add(unknown());
            }
            if (random.nextInt(4) == 0) {
                Collections.shuffle(pieces, random);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pieces.forEach(out::writeBytes);
        return out.toByteArray();
    }

    private byte[] field(Message.Builder builder, FieldDescriptor field, int depth) {
        int number = field.getNumber();
        return write(out -> {
            switch (field.getType()) {
                case MESSAGE -> out.writeByteArray(number, message(builder.newBuilderForField(field), depth + 1));
                case STRING -> out.writeString(number, text(field));
                case BYTES -> out.writeByteArray(number, bytes(field));
                case BOOL -> out.writeBool(number, random.nextBoolean());
                case DOUBLE -> out.writeDouble(number, decimal());
                case FIXED64 -> out.writeFixed64(number, random.nextLong());
                case SFIXED64 -> out.writeSFixed64(number, random.nextLong());
                case FIXED32 -> out.writeFixed32(number, random.nextInt());
                case INT64 -> out.writeInt64(number, random.nextBoolean() ? random.nextLong() : random.nextInt(9));
                case UINT64 -> out.writeUInt64(number, random.nextLong());
                case UINT32 -> out.writeUInt32(number, random.nextInt());
                case INT32 -> out.writeInt32(number, random.nextInt());
                case SINT32 -> out.writeSInt32(number, random.nextInt());
                case ENUM ->
                    out.writeEnum(
                            number,
                            field.getEnumType()
                                    .getValues()
                                    .get(random.nextInt(
                                            field.getEnumType().getValues().size()))
                                    .getNumber());
                default -> throw new AssertionError(field.getType() + " is new here");
            }
        });
    }

    private double decimal() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt(1000);
            case 1 -> random.nextGaussian() * 1e30;
            case 2 -> random.nextGaussian() * 1e-9;
            default -> random.nextDouble();
        };
    }

    private String text(FieldDescriptor field) {
        if (field.getName().equals("key")) {
            return random.nextInt(9) == 0 ? "" : "key-" + random.nextInt(6);
        }
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "ü \"😀\" <" + random.nextInt(9) + ">";
            case 2 -> "long ".repeat(random.nextInt(60));
            case 3 -> "" + random.nextInt(2000);
            default -> field.getName() + "-" + random.nextInt(3);
        };
    }

    private byte[] bytes(FieldDescriptor field) {
        int length =
                field.getName().equals("trace_id") ? 16 : field.getName().endsWith("span_id") ? 8 : random.nextInt(20);
        byte[] bytes = new byte[random.nextInt(8) == 0 ? 0 : length];
        if (random.nextInt(8) > 0) {
            random.nextBytes(bytes);
        }
        return bytes;
    }

    private byte[] unknown() {
        int number = random.nextBoolean() ? 900 + random.nextInt(90) : 20 + random.nextInt(10);
        return write(out -> {
            switch (random.nextInt(4)) {
                case 0 -> out.writeUInt64(number, random.nextLong());
                case 1 -> out.writeFixed32(number, random.nextInt());
                case 2 -> out.writeFixed64(number, random.nextLong());
                default -> out.writeBytes(number, ByteString.copyFromUtf8("unknown ".repeat(random.nextInt(30))));
            }
        });
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] write(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
