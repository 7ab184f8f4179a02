package io.lightvessel.local.sink;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.lightvessel.local.sink.Store.Kind;
import io.lightvessel.local.sink.Telemetry.Point;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Puts Prometheus remote write 1.0 requests into the store; reads the few fields it shows, straight from the wire. */
final class RemoteWrite {

    private final Store store;

    RemoteWrite(Store store) {
        this.store = store;
    }

    void accept(byte[] packed, int limit) throws IOException {
        byte[] body = Snappy.unpack(packed, limit);
        CodedInputStream in = CodedInputStream.newInstance(body);
        long samples = 0;
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == 1) {
                    samples += series(in.readByteArray());
                } else {
                    in.skipField(tag);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new BadBody("remote write body: no WriteRequest: " + e.getMessage());
        }
        store.arrived(Kind.REMOTE_WRITE, samples, packed.length);
    }

    private long series(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        Map<String, String> labels = new TreeMap<>();
        long samples = 0;
        double last = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> label(in.readByteArray(), labels);
                case 2 -> {
                    last = sample(in.readByteArray());
                    samples++;
                }
                default -> in.skipField(tag);
            }
        }
        String name = labels.getOrDefault("__name__", "");
        labels.remove("__name__");
        store.add(new Point(store.now(), name, "remote write", last, Map.of(), labels), Kind.REMOTE_WRITE);
        return samples;
    }

    private static void label(byte[] bytes, Map<String, String> labels) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        String name = "";
        String value = "";
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> name = in.readStringRequireUtf8();
                case 2 -> value = in.readStringRequireUtf8();
                default -> in.skipField(tag);
            }
        }
        labels.put(name, value);
    }

    private static double sample(byte[] bytes) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        double value = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                value = in.readDouble();
            } else {
                in.skipField(tag);
            }
        }
        return value;
    }
}
