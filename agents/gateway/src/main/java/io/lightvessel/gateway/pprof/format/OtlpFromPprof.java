package io.lightvessel.gateway.pprof.format;

import io.lightvessel.pipeline.FormConverter;
import io.lightvessel.pipeline.MalformedPayload;
import io.lightvessel.pipeline.Payload;
import io.lightvessel.pipeline.PayloadForm;
import io.lightvessel.pipeline.protobuf.ProtoWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes OTLP profiles of pulled ones: a profile for each sample type, all over one dictionary, and the rest as the
 * {@code pprof} attributes of the semantic conventions say, so that {@link PprofFromOtlp} restores it.
 */
public final class OtlpFromPprof implements FormConverter {
    /** What no receiver of ours lets through. */
    private static final int LARGEST = 256 << 20;

    private static final int RESOURCE_PROFILES = 1;
    private static final int DICTIONARY = 2;

    private final Gunzip gunzip = new Gunzip();
    private final ProfileIndex index = new ProfileIndex();
    private final OtlpDictionary dictionary = new OtlpDictionary();
    private final OtlpProfiles profiles = new OtlpProfiles(dictionary);

    @Override
    public PayloadForm form() {
        return PayloadForm.PPROF;
    }

    /** One at a time: what it works in may take some megabytes, and few payloads are converted. */
    @Override
    public synchronized ByteBuf toOtlp(Payload payload) throws MalformedPayload {
        ProtoWriter out = new ProtoWriter(payload.size() * 2 + 1024);
        dictionary.begin();
        new PushReader(payload.bytes()).visit(new Series(payload.bytes(), out));
        int tables = out.begin(DICTIONARY);
        dictionary.write(out);
        out.end(tables);
        return Unpooled.wrappedBuffer(out.array(), 0, out.size());
    }

    private final class Series implements PushReader.Visitor {
        private final ByteBuf bytes;
        private final ProtoWriter out;
        private final Map<String, String> labels = new TreeMap<>();

        Series(ByteBuf bytes, ProtoWriter out) {
            this.bytes = bytes;
            this.out = out;
        }

        @Override
        public void series(int start, int end) {
            labels.clear();
        }

        @Override
        public void label(String name, String value) {
            labels.put(name, value);
        }

        @Override
        public void profile(int start, int end) throws MalformedPayload {
            try {
                gunzip.read(bytes.slice(start, end - start), LARGEST);
                index.read(gunzip.array(), gunzip.size());
                int resource = out.begin(RESOURCE_PROFILES);
                profiles.write(index, labels, out);
                out.end(resource);
            } catch (MalformedProfile e) {
                throw new MalformedPayload("not a profile: " + e.getMessage());
            }
        }
    }
}
