package io.lightvessel.agent.link;

import com.google.protobuf.InvalidProtocolBufferException;
import io.lightvessel.agent.state.IdentityStore;
import io.lightvessel.agent.state.StateException;
import io.lightvessel.wire.FlowMessages;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.ProfileMessages;
import io.lightvessel.wire.TargetMessages;
import io.lightvessel.wire.opamp.AgentToServer;
import io.lightvessel.wire.opamp.CustomMessage;
import io.lightvessel.wire.opamp.RemoteConfigStatuses;
import io.lightvessel.wire.opamp.ServerErrorResponse;
import io.lightvessel.wire.opamp.ServerErrorResponseType;
import io.lightvessel.wire.opamp.ServerToAgent;
import io.lightvessel.wire.opamp.ServerToAgentFlags;
import io.lightvessel.wire.profiles.ProfilesQuery;
import io.lightvessel.wire.targets.TargetsQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection from its first message to its end: reports what changes, answers what the server says. */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final BlockingQueue<LinkEvent> events;
    private final AgentReports reports;
    private final RemoteConfigs configs;
    private final SettingsOffers offers;
    private final IdentityStore identity;
    private final LinkTiming timing;
    private final Alarm heartbeat;
    private final Alarm flow;
    private final Alarm watch;
    private final Alarm ping;
    private boolean flowWanted = true;
    private String lastError = "";

    Session(
            Connection connection,
            BlockingQueue<LinkEvent> events,
            AgentReports reports,
            RemoteConfigs configs,
            SettingsOffers offers,
            IdentityStore identity,
            LinkTiming timing) {
        this.connection = connection;
        this.events = events;
        this.reports = reports;
        this.configs = configs;
        this.offers = offers;
        this.identity = identity;
        this.timing = timing;
        this.heartbeat = new Alarm(offers.heartbeat(timing.heartbeat()));
        this.flow = new Alarm(timing.flow());
        this.watch = new Alarm(timing.watch());
        this.ping = new Alarm(timing.ping());
    }

    SessionEnd run() throws InterruptedException {
        try {
            send(reports.fullState());
            while (true) {
                long wait = Math.min(Math.min(heartbeat.nanosLeft(), flow.nanosLeft()), watch.nanosLeft());
                LinkEvent event = events.poll(Math.min(wait, ping.nanosLeft()), TimeUnit.NANOSECONDS);
                SessionEnd end = event == null ? null : handle(event);
                if (end != null) {
                    return end;
                }
                if (connection.silence().compareTo(timing.silence()) > 0) {
                    connection.close("silence");
                    return new SessionEnd.Lost(
                            "the server was silent for " + timing.silence().toSeconds() + " s");
                }
                doWhatIsDue();
            }
        } catch (RuntimeException e) {
            connection.close("internal error");
            throw e;
        } catch (IOException e) {
            connection.close("");
            return new SessionEnd.Lost(String.valueOf(e.getMessage()));
        }
    }

    private void doWhatIsDue() throws IOException {
        if (watch.isDue()) {
            sendChanges();
        }
        if (flow.isDue() && flowWanted) {
            send(reports.flow());
        }
        if (heartbeat.isDue()) {
            send(reports.heartbeat());
        }
        if (ping.isDue()) {
            connection.ping();
        }
    }

    private @Nullable SessionEnd handle(LinkEvent event) throws IOException {
        return switch (event) {
            case LinkEvent.Received(Object source, ServerToAgent message) -> {
                SessionEnd end = connection.isSource(source) ? handle(message) : null;
                connection.readNext();
                yield end;
            }
            case LinkEvent.Lost(Object source, String reason) ->
                connection.isSource(source) ? new SessionEnd.Lost(reason) : null;
            case LinkEvent.Expelled(Object source, String reason) ->
                connection.isSource(source)
                        ? new SessionEnd.Expelled(lastError.isEmpty() ? reason : lastError + " [" + reason + "]")
                        : null;
            case LinkEvent.ConfigChanged() -> {
                sendChanges();
                if (flowWanted && configs.status().getStatus() == RemoteConfigStatuses.RemoteConfigStatuses_APPLIED) {
                    send(reports.flow());
                }
                yield null;
            }
            case LinkEvent.Stop() -> {
                if (flowWanted) {
                    send(reports.flow());
                }
                send(reports.disconnect());
                connection.close("agent stops");
                yield new SessionEnd.Stopped();
            }
        };
    }

    private @Nullable SessionEnd handle(ServerToAgent message) throws IOException {
        if (message.hasErrorResponse()) {
            return handle(message.getErrorResponse());
        }
        if (message.hasCommand()) {
            LOG.warn(
                    "the server sent the command {}, which this agent does not offer",
                    message.getCommand().getType());
            return null;
        }
        if (message.hasAgentIdentification()) {
            changeUid(message);
        }
        if (message.hasCustomCapabilities()) {
            flowWanted = message.getCustomCapabilities().getCapabilitiesList().contains(FlowMessages.CAPABILITY);
        }
        if (message.hasCustomMessage()) {
            answer(message.getCustomMessage());
        }
        if (message.hasConnectionSettings()) {
            switch (offers.consider(message.getConnectionSettings())) {
                case SettingsOffers.Decision.Unchanged() -> {}
                case SettingsOffers.Decision.Answer(var status) -> send(reports.connectionStatus(status));
                case SettingsOffers.Decision.TryOut(var status) -> {
                    send(reports.connectionStatus(status));
                    connection.close("new connection settings");
                    return new SessionEnd.SettingsOffered();
                }
            }
        }
        if (message.hasRemoteConfig()) {
            configs.offer(message.getRemoteConfig());
        }
        if ((message.getFlags() & ServerToAgentFlags.ServerToAgentFlags_ReportFullState_VALUE) != 0) {
            send(reports.fullState());
        }
        if ((message.getFlags() & ServerToAgentFlags.ServerToAgentFlags_ReportAvailableComponents_VALUE) != 0) {
            send(reports.availableComponents());
        }
        return null;
    }

    private void answer(CustomMessage question) throws IOException {
        TargetsQuery targets;
        ProfilesQuery profiles;
        try {
            targets = TargetMessages.query(question).orElse(null);
            profiles = ProfileMessages.query(question).orElse(null);
        } catch (InvalidProtocolBufferException e) {
            LOG.warn("the server asked something that cannot be read: {}", e.getMessage());
            return;
        }
        if (targets != null) {
            send(reports.targets(targets));
        }
        if (profiles != null) {
            send(reports.profiles(profiles));
        }
    }

    private @Nullable SessionEnd handle(ServerErrorResponse error) {
        if (error.getType() != ServerErrorResponseType.ServerErrorResponseType_Unavailable) {
            lastError = error.getErrorMessage();
            LOG.error("the server could not use the last message: {}", lastError);
            return null;
        }
        Duration wait = error.hasRetryInfo()
                ? Duration.ofNanos(Math.max(0, error.getRetryInfo().getRetryAfterNanoseconds()))
                : timing.backoffCap();
        connection.close("server unavailable");
        return new SessionEnd.Throttled(RetryAfter.bounded(wait), error.getErrorMessage());
    }

    private void changeUid(ServerToAgent message) {
        try {
            InstanceUid uid = InstanceUid.of(message.getAgentIdentification().getNewInstanceUid());
            if (!uid.equals(reports.uid())) {
                identity.save(uid);
                reports.changeUid(uid);
                LOG.info("the server gave this agent the instance uid {}", uid);
            }
        } catch (IllegalArgumentException | StateException e) {
            LOG.error("the new instance uid is not used: {}", e.getMessage());
        }
    }

    private void sendChanges() throws IOException {
        AgentToServer changes = reports.changes();
        if (changes != null) {
            send(changes);
        }
    }

    private void send(AgentToServer message) throws IOException {
        connection.send(message);
        // Any message shows that the agent lives.
        heartbeat.restart();
    }
}
