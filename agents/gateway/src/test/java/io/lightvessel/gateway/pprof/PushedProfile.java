package io.lightvessel.gateway.pprof;

import com.google.protobuf.CodedInputStream;
import io.lightvessel.gateway.pprof.format.TestProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One profile of a push request, read by protobuf's own library. */
record PushedProfile(Map<String, String> labels, byte[] raw) {

    static PushedProfile only(byte[] request) throws IOException {
        List<PushedProfile> all = all(request);
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " profiles (expected: 1)");
        }
        return all.getFirst();
    }

    static List<PushedProfile> all(byte[] request) throws IOException {
        List<PushedProfile> all = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(request);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            CodedInputStream series = CodedInputStream.newInstance(in.readByteArray());
            Map<String, String> labels = new TreeMap<>();
            for (int field = series.readTag(); field != 0; field = series.readTag()) {
                CodedInputStream inner = CodedInputStream.newInstance(series.readByteArray());
                inner.readTag();
                byte[] first = inner.readByteArray();
                inner.readTag();
                String second = inner.readString();
                if (field == 10) {
                    labels.put(new String(first, java.nio.charset.StandardCharsets.UTF_8), second);
                } else {
                    all.add(new PushedProfile(labels, first));
                }
            }
        }
        return all;
    }

    TestProfile profile() throws IOException {
        return TestProfile.read(raw);
    }
}
