package io.lightvessel.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.wire.opamp.CustomMessage;
import io.lightvessel.wire.profiles.ProfilesAnswer;
import io.lightvessel.wire.profiles.ProfilesQuery;
import java.util.Optional;

/** Wraps questions about an agent's profiles, and their answers, into OpAMP custom messages and takes them out again. */
public final class ProfileMessages {
    /** The custom capability that both sides announce. */
    public static final String CAPABILITY = "io.lightvessel.profiles";

    static final String QUERY = "query";
    static final String ANSWER = "answer";

    private ProfileMessages() {}

    public static CustomMessage wrap(ProfilesQuery query) {
        return message(QUERY, query.toByteString());
    }

    public static CustomMessage wrap(ProfilesAnswer answer) {
        return message(ANSWER, answer.toByteString());
    }

    /** The question in a custom message, or empty when the message is about something else. */
    public static Optional<ProfilesQuery> query(CustomMessage message) throws InvalidProtocolBufferException {
        return is(message, QUERY) ? Optional.of(ProfilesQuery.parseFrom(message.getData())) : Optional.empty();
    }

    /** The answer in a custom message, or empty when the message is about something else. */
    public static Optional<ProfilesAnswer> answer(CustomMessage message) throws InvalidProtocolBufferException {
        return is(message, ANSWER) ? Optional.of(ProfilesAnswer.parseFrom(message.getData())) : Optional.empty();
    }

    private static boolean is(CustomMessage message, String type) {
        return CAPABILITY.equals(message.getCapability()) && type.equals(message.getType());
    }

    private static CustomMessage message(String type, ByteString data) {
        return CustomMessage.newBuilder()
                .setCapability(CAPABILITY)
                .setType(type)
                .setData(data)
                .build();
    }
}
