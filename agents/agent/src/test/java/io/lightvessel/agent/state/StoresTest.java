package io.lightvessel.agent.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.wire.AgentRole;
import io.lightvessel.wire.InstanceUid;
import io.lightvessel.wire.SignedConfig;
import io.lightvessel.wire.SigningKeys;
import io.lightvessel.wire.TrustSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoresTest {
    private final KeyPair key = SigningKeys.generate();
    private final ConnectionSettings settings = new ConnectionSettings(
            "ab12",
            "wss://cp/v1/opamp",
            Map.of("Authorization", "Bearer lva_x", "X-Other", "a=b: c\\"),
            30,
            TrustSettings.of(key.getPublic(), "acme", "prod", "a1"),
            "abcdefghij");

    @TempDir
    Path path;

    private StateDirectory directory;

    @BeforeEach
    void open() {
        directory = StateDirectory.open(path.resolve("state"));
    }

    @AfterEach
    void close() {
        directory.close();
    }

    @Test
    void aCandidateBecomesCurrentOnlyWhenPromoted() {
        ConnectionStore store = new ConnectionStore(directory);
        store.saveCandidate(settings);
        assertThat(store.current()).isEmpty();
        assertThat(store.candidate()).contains(settings);
        store.promoteCandidate();
        assertThat(store.current()).contains(settings);
        assertThat(store.candidate()).isEmpty();
        store.saveCandidate(new ConnectionSettings("cd", null, Map.of(), 0, null, null));
        store.dropCandidate();
        assertThat(store.current()).contains(settings);
        assertThat(store.candidate()).isEmpty();
    }

    @Test
    void settingsNeverShowTheirSecret() {
        assertThat(settings.toString()).doesNotContain("lva_x").contains("Authorization");
    }

    @Test
    void aConfigKeepsItsExactBytesAndItsSignature() throws IOException {
        byte[] yaml = "a: \u00e4\r\n\n# lightvessel-hash: no\n".getBytes(UTF_8);
        StoredConfig config = new StoredConfig(
                yaml,
                new byte[] {1, 2},
                SignedConfig.sign(key, "acme", "prod", AgentRole.EDGE, 5, Instant.EPOCH, yaml));
        ConfigStore store = new ConfigStore(directory);
        assertThat(store.lastGood()).isEmpty();
        store.saveCandidate(config);
        assertThat(store.lastGood()).isEmpty();
        store.promoteCandidate();
        assertThat(store.lastGood()).contains(config);
        assertThat(store.lastGood().orElseThrow().yaml()).isEqualTo(yaml);
        assertThat(permissions("config.yaml")).isEqualTo("rw-------");
    }

    @Test
    void damagedFilesSayWhatIsWrongAndWhatToDo() throws IOException {
        Files.writeString(directory.path().resolve("instance-uid"), "nonsense");
        assertThatThrownBy(() -> new IdentityStore(directory).loadOrCreate(() -> {
                    throw new AssertionError("a damaged identity is not replaced");
                }))
                .isInstanceOf(StateException.class)
                .hasMessage("state file " + directory.path().resolve("instance-uid") + " is damaged: it holds no UUID. "
                        + "Restore it, or delete it: the agent then appears in the fleet as a new one.");
        Files.writeString(directory.path().resolve("config.yaml"), "a: b\n");
        assertThatThrownBy(() -> new ConfigStore(directory).lastGood())
                .hasMessageContaining("is damaged: no line \"# lightvessel-hash:\" at its head");
        Files.writeString(
                directory.path().resolve("connection.properties"),
                "hash=a\nheartbeatSeconds=1\ntrust.configSigningKey=AAAA\ntrust.tenant=t\ntrust.cluster=c\ntrust.agent=a\n");
        assertThatThrownBy(() -> new ConnectionStore(directory).current())
                .hasMessageContaining("is damaged: config signing key: not an Ed25519 key in base64 X.509. Restore it");
    }

    @Test
    void theUidIsTheSameAfterARestart() {
        IdentityStore store = new IdentityStore(directory);
        InstanceUid uid = store.loadOrCreate(() -> InstanceUid.mint(Clock.systemUTC(), new SecureRandom()));
        assertThat(new IdentityStore(directory).loadOrCreate(() -> {
                    throw new AssertionError("there is one already");
                }))
                .isEqualTo(uid);
    }

    @Test
    void leftoversOfACrashDoNotStandInTheWay() throws IOException {
        Files.writeString(directory.path().resolve("instance-uid.new"), "half");
        DurableFile file = directory.file("instance-uid");
        file.write("whole".getBytes(UTF_8));
        assertThat(file.read()).contains("whole".getBytes(UTF_8));
        assertThat(directory.path().resolve("instance-uid.new")).doesNotExist();
        assertThat(permissions("instance-uid")).isEqualTo("rw-------");
    }

    @Test
    void aDirectoryOthersCouldReadIsClosedToThem() throws IOException {
        Path open = Files.createDirectory(path.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        StateDirectory.open(open).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwx------");
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.path().resolve(name)));
    }
}
