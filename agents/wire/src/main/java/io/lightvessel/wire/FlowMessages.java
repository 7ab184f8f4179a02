package io.lightvessel.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.wire.flow.FlowReport;
import io.lightvessel.wire.opamp.CustomMessage;
import java.util.Optional;

/** Wraps flow reports into OpAMP custom messages and takes them out again. */
public final class FlowMessages {
    /** The custom capability that both sides announce. */
    public static final String CAPABILITY = "io.lightvessel.flow";

    static final String REPORT = "report";

    private FlowMessages() {}

    public static CustomMessage wrap(FlowReport report) {
        return CustomMessage.newBuilder()
                .setCapability(CAPABILITY)
                .setType(REPORT)
                .setData(report.toByteString())
                .build();
    }

    /** The report in a custom message, or empty when the message is about something else. */
    public static Optional<FlowReport> unwrap(CustomMessage message) throws InvalidProtocolBufferException {
        if (!CAPABILITY.equals(message.getCapability()) || !REPORT.equals(message.getType())) {
            return Optional.empty();
        }
        return Optional.of(FlowReport.parseFrom(message.getData()));
    }
}
