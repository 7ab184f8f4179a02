package io.lightvessel.gateway.prometheus;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;

/** The messages of remote write 2.0 as its specification lists them, for a receiver that does not trust our writer. */
final class WriteSchema {
    static final Descriptor REQUEST = request();

    private WriteSchema() {}

    private static Descriptor request() {
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("write_v2.proto")
                .setPackage("io.prometheus.write.v2")
                .setSyntax("proto3")
                .addMessageType(message(
                        "Request",
                        many(4, "symbols", Type.TYPE_STRING, ""),
                        many(5, "timeseries", Type.TYPE_MESSAGE, "TimeSeries")))
                .addMessageType(message(
                        "TimeSeries",
                        many(1, "labels_refs", Type.TYPE_UINT32, ""),
                        many(2, "samples", Type.TYPE_MESSAGE, "Sample"),
                        many(3, "histograms", Type.TYPE_MESSAGE, "Histogram"),
                        many(4, "exemplars", Type.TYPE_MESSAGE, "Exemplar"),
                        one(5, "metadata", Type.TYPE_MESSAGE, "Metadata")))
                .addMessageType(message(
                        "Exemplar",
                        many(1, "labels_refs", Type.TYPE_UINT32, ""),
                        one(2, "value", Type.TYPE_DOUBLE, ""),
                        one(3, "timestamp", Type.TYPE_INT64, "")))
                .addMessageType(message(
                        "Sample",
                        one(1, "value", Type.TYPE_DOUBLE, ""),
                        one(2, "timestamp", Type.TYPE_INT64, ""),
                        one(3, "start_timestamp", Type.TYPE_INT64, "")))
                .addMessageType(message(
                        "Metadata",
                        one(1, "type", Type.TYPE_INT32, ""),
                        one(3, "help_ref", Type.TYPE_UINT32, ""),
                        one(4, "unit_ref", Type.TYPE_UINT32, "")))
                .addMessageType(message(
                        "Histogram",
                        one(1, "count_int", Type.TYPE_UINT64, ""),
                        one(2, "count_float", Type.TYPE_DOUBLE, ""),
                        one(3, "sum", Type.TYPE_DOUBLE, ""),
                        one(4, "schema", Type.TYPE_SINT32, ""),
                        one(5, "zero_threshold", Type.TYPE_DOUBLE, ""),
                        one(6, "zero_count_int", Type.TYPE_UINT64, ""),
                        one(7, "zero_count_float", Type.TYPE_DOUBLE, ""),
                        many(8, "negative_spans", Type.TYPE_MESSAGE, "BucketSpan"),
                        many(9, "negative_deltas", Type.TYPE_SINT64, ""),
                        many(10, "negative_counts", Type.TYPE_DOUBLE, ""),
                        many(11, "positive_spans", Type.TYPE_MESSAGE, "BucketSpan"),
                        many(12, "positive_deltas", Type.TYPE_SINT64, ""),
                        many(13, "positive_counts", Type.TYPE_DOUBLE, ""),
                        one(14, "reset_hint", Type.TYPE_INT32, ""),
                        one(15, "timestamp", Type.TYPE_INT64, ""),
                        many(16, "custom_values", Type.TYPE_DOUBLE, ""),
                        one(17, "start_timestamp", Type.TYPE_INT64, "")))
                .addMessageType(message(
                        "BucketSpan", one(1, "offset", Type.TYPE_SINT32, ""), one(2, "length", Type.TYPE_UINT32, "")))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0]).findMessageTypeByName("Request");
        } catch (com.google.protobuf.Descriptors.DescriptorValidationException e) {
            throw new AssertionError(e);
        }
    }

    private static DescriptorProto message(String name, FieldDescriptorProto... fields) {
        DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
        for (FieldDescriptorProto field : fields) {
            message.addField(field);
        }
        return message.build();
    }

    private static FieldDescriptorProto one(int number, String name, Type type, String message) {
        return field(number, name, type, message, Label.LABEL_OPTIONAL);
    }

    private static FieldDescriptorProto many(int number, String name, Type type, String message) {
        return field(number, name, type, message, Label.LABEL_REPEATED);
    }

    private static FieldDescriptorProto field(int number, String name, Type type, String message, Label label) {
        FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
                .setNumber(number)
                .setName(name)
                .setType(type)
                .setLabel(label);
        if (type == Type.TYPE_MESSAGE) {
            field.setTypeName(".io.prometheus.write.v2." + message);
        }
        return field.build();
    }
}
