package io.lightvessel.conformance.client;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** A {@code google.rpc.Status}: what OTLP's errors say. */
public record RpcStatus(int code, String message, List<Detail> details) {
    private static final Set<Integer> FIELDS = Set.of(1, 2, 3);
    private static final Set<String> KEYS = Set.of("code", "message", "details");

    /** One detail: the name of its message without a package, and its bytes, which JSON does not give. */
    public record Detail(String type, ByteString value) {}

    public boolean has(String type) {
        return details.stream().anyMatch(detail -> detail.type().equals(type));
    }

    /** Null when the bytes are no Status. */
    static @Nullable RpcStatus protobuf(byte[] bytes) {
        try {
            UnknownFieldSet fields = UnknownFieldSet.parseFrom(bytes);
            if (!FIELDS.containsAll(fields.asMap().keySet())) {
                return null;
            }
            List<Long> codes = fields.getField(1).getVarintList();
            List<ByteString> messages = fields.getField(2).getLengthDelimitedList();
            if (fields.hasField(1) && codes.isEmpty()
                    || fields.hasField(2)
                            && (messages.isEmpty() || !messages.getLast().isValidUtf8())) {
                return null;
            }
            Field listed = fields.getField(3);
            List<Detail> details = new ArrayList<>();
            for (ByteString bytesOfAny : listed.getLengthDelimitedList()) {
                Any any = Any.parseFrom(bytesOfAny);
                details.add(new Detail(simple(any.getTypeUrl()), any.getValue()));
            }
            return new RpcStatus(
                    codes.isEmpty() ? 0 : codes.getLast().intValue(),
                    messages.isEmpty() ? "" : messages.getLast().toStringUtf8(),
                    List.copyOf(details));
        } catch (InvalidProtocolBufferException e) {
            return null;
        }
    }

    /** Null when the text is no Status in protobuf's JSON. */
    static @Nullable RpcStatus json(byte[] text) {
        try {
            JsonNode root = Json.read(text);
            if (!root.isObject() || !KEYS.containsAll(root.propertyNames())) {
                return null;
            }
            JsonNode message = root.path("message");
            JsonNode listed = root.path("details");
            if (!message.isMissingNode() && !message.isString() || !listed.isMissingNode() && !listed.isArray()) {
                return null;
            }
            List<Detail> details = new ArrayList<>();
            for (JsonNode detail : listed) {
                details.add(new Detail(simple(detail.path("@type").asString("")), ByteString.EMPTY));
            }
            return new RpcStatus(
                    root.path("code").asInt(0), message.isString() ? message.asString() : "", List.copyOf(details));
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String simple(String typeUrl) {
        return typeUrl.substring(typeUrl.lastIndexOf('.') + 1);
    }
}
