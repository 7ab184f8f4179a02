package io.lightvessel.local.sink;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.lightvessel.local.sink.Store.Kind;
import io.lightvessel.local.sink.Telemetry.ProfileSeries;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Puts Pyroscope's push requests into the store: the labels, and of the profiles what they count and how often. */
final class ProfilePushes {

    private final Store store;
    private final int limit;

    /** @param limit most bytes of an unpacked profile */
    ProfilePushes(Store store, int limit) {
        this.store = store;
        this.limit = limit;
    }

    void accept(byte[] body) throws IOException {
        List<ProfileSeries> all = new ArrayList<>();
        try {
            CodedInputStream in = CodedInputStream.newInstance(body);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagFieldNumber(tag) == 1) {
                    series(in.readByteArray(), all);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (InvalidProtocolBufferException e) {
            throw new BadBody("push body: no PushRequest: " + e.getMessage());
        }
        all.forEach(store::add);
        store.arrived(Kind.PROFILES, all.size(), body.length);
    }

    private void series(byte[] bytes, List<ProfileSeries> all) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        Map<String, String> labels = new TreeMap<>();
        List<byte[]> profiles = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> label(in.readByteArray(), labels);
                case 2 -> profiles.add(raw(in.readByteArray()));
                default -> in.skipField(tag);
            }
        }
        if (!labels.containsKey("service_name") || !labels.containsKey("__name__")) {
            throw new BadBody("labels: " + labels.keySet() + " (expected: service_name and __name__ among them)");
        }
        for (byte[] packed : profiles) {
            all.add(profile(packed, labels));
        }
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

    private static byte[] raw(byte[] sample) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(sample);
        byte[] raw = {};
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                raw = in.readByteArray();
            } else {
                in.skipField(tag);
            }
        }
        return raw;
    }

    private ProfileSeries profile(byte[] packed, Map<String, String> labels) throws IOException {
        byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed)).readNBytes(limit + 1);
        if (plain.length > limit) {
            throw new BadBody("profile: more than " + limit + " bytes unpacked");
        }
        List<Long> types = new ArrayList<>();
        List<String> strings = new ArrayList<>();
        int samples = 0;
        long duration = 0;
        CodedInputStream in = CodedInputStream.newInstance(plain);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> types.add(firstNumber(in.readByteArray()));
                case 2 -> {
                    samples++;
                    in.skipField(tag);
                }
                case 6 -> strings.add(in.readStringRequireUtf8());
                case 10 -> duration = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        List<String> names = types.stream()
                .map(index -> index >= 0 && index < strings.size() ? strings.get(index.intValue()) : "?")
                .toList();
        return new ProfileSeries(
                store.now(),
                labels.getOrDefault("__name__", ""),
                names,
                samples,
                duration / 1_000_000,
                Map.of(),
                labels);
    }

    private static long firstNumber(byte[] message) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == 1) {
                return in.readInt64();
            }
            in.skipField(tag);
        }
        return 0;
    }
}
