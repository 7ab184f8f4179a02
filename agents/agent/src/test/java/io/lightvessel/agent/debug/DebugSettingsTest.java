package io.lightvessel.agent.debug;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DebugSettingsTest {
    private static final String TOKEN = "correct-horse-battery";

    @TempDir
    Path directory;

    @Test
    void withoutSettingsItIsOnLoopbackForEveryoneOnTheMachine() {
        DebugSettings settings = DebugSettings.of(Map.of()).orElseThrow();
        assertThat(settings.address()).hasToString("127.0.0.1:12345");
        assertThat(settings.token()).isNull();
        assertThat(settings.loopback()).isTrue();
        assertThat(settings.wanted()).isFalse();
        assertThat(DebugSettings.of(Map.of(DebugSettings.ENDPOINT, "off"))).isEmpty();
    }

    @Test
    void beyondLoopbackItNeedsAToken() throws Exception {
        for (String address : new String[] {"0.0.0.0:12345", ":12345", "[::]:12345"}) {
            assertThatThrownBy(() -> DebugSettings.of(Map.of(DebugSettings.ENDPOINT, address)))
                    .hasMessageMatching("LIGHTVESSEL_DEBUG_ENDPOINT: \\S+:12345 can be reached from other machines "
                            + "\\(expected: a loopback address such as 127\\.0\\.0\\.1:12345, or a token in "
                            + "LIGHTVESSEL_DEBUG_TOKEN or LIGHTVESSEL_DEBUG_TOKEN_FILE, or off\\)");
        }
        DebugSettings settings = DebugSettings.of(
                        Map.of(DebugSettings.ENDPOINT, "0.0.0.0:12345", DebugSettings.TOKEN, TOKEN))
                .orElseThrow();
        assertThat(settings.loopback()).isFalse();
        assertThat(settings.token()).isEqualTo(TOKEN);
        assertThat(settings).hasToString("0.0.0.0:12345 with a token");
        Path file = Files.writeString(directory.resolve("token"), TOKEN + "\n");
        assertThat(DebugSettings.of(Map.of(DebugSettings.TOKEN_FILE, file.toString()))
                        .orElseThrow()
                        .token())
                .isEqualTo(TOKEN);
    }

    @Test
    void aTokenThatIsNoneIsRefusedWithoutBeingShown() throws Exception {
        assertThatThrownBy(() -> DebugSettings.of(Map.of(DebugSettings.TOKEN, "short")))
                .hasMessage("LIGHTVESSEL_DEBUG_TOKEN: 5 characters (expected: at least 16 visible ASCII characters)");
        Path empty = Files.writeString(directory.resolve("empty"), "\n");
        assertThatThrownBy(() -> DebugSettings.of(Map.of(DebugSettings.TOKEN_FILE, empty.toString())))
                .hasMessage(
                        "LIGHTVESSEL_DEBUG_TOKEN_FILE: 0 characters (expected: at least 16 visible ASCII characters)");
        assertThatThrownBy(() ->
                        DebugSettings.of(Map.of(DebugSettings.TOKEN, TOKEN, DebugSettings.TOKEN_FILE, empty + "")))
                .hasMessage("LIGHTVESSEL_DEBUG_TOKEN and LIGHTVESSEL_DEBUG_TOKEN_FILE (expected: one of them)");
        assertThatThrownBy(() -> DebugSettings.of(Map.of(DebugSettings.TOKEN_FILE, directory.resolve("none") + "")))
                .hasMessageContaining("cannot be read: java.nio.file.NoSuchFileException");
    }
}
