package io.lightvessel.platform.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lightvessel.platform.LightvesselException;
import io.lightvessel.platform.StartupRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedFilesTest {
    private static final byte[] SECRET = "the signing key".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path dir;

    private Path keys;
    private Path file;
    private SealedFiles files;

    @BeforeEach
    void aSealedFile() {
        keys = dir.resolve("keys");
        file = dir.resolve("config-signing");
        files = new SealedFiles(new KeyFile(keys, true));
        files.write(file, SECRET);
    }

    @Test
    void whatIsKeptIsReadBackAndNotInTheFile() throws IOException {
        assertThat(files.read(file)).hasValue(SECRET);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                .startsWith("LVSEAL1\n")
                .doesNotContain("signing key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
        assertThat(files.read(dir.resolve("none"))).isEmpty();
    }

    @Test
    void theSameSecretIsNeverTheSameBytes() throws IOException {
        byte[] before = Files.readAllBytes(file);
        files.write(file, SECRET);
        assertThat(Files.readAllBytes(file)).isNotEqualTo(before);
    }

    @Test
    void aWrongKeyIsRefusedByName() {
        SealingKey right = new KeyFile(keys, false).keys().getFirst();
        SealingKey wrong = SealingKey.create(new SecureRandom());
        assertThatThrownBy(() -> new SealedFiles(new KeyText(wrong.text())).read(file))
                .isInstanceOf(StartupRefused.class)
                .hasMessage("%s was sealed with key %s (expected: one of [%s]). Put the right file and key back."
                        .formatted(file, right, wrong))
                .hasMessageNotContaining(right.text());
    }

    @Test
    void everyChangedByteIsRefused() throws IOException {
        byte[] sealed = Files.readAllBytes(file);
        for (int i = "LVSEAL1\n".length(); i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            Files.write(file, changed);
            assertThatThrownBy(() -> files.read(file))
                    .as("byte %s", i)
                    .isInstanceOf(StartupRefused.class)
                    .hasMessageStartingWith(file.toString());
        }
        for (int length = 8; length < sealed.length; length++) {
            Files.write(file, java.util.Arrays.copyOf(sealed, length));
            assertThatThrownBy(() -> files.read(file)).isInstanceOf(StartupRefused.class);
        }
    }

    @Test
    void oneSecretDoesNotPassForAnother() throws IOException {
        Path other = dir.resolve("openid.json");
        Files.copy(file, other);
        assertThatThrownBy(() -> files.read(other))
                .hasMessage(other + " was changed after it was sealed, or sealed under another name."
                        + " Put the right file and key back.");
    }

    @Test
    void rotationLeavesEverythingReadableWithTheNewKeyAlone() throws IOException {
        Path second = dir.resolve("second");
        files.write(second, new byte[] {1, 2, 3});
        Files.writeString(dir.resolve("public"), "not sealed");
        SealingKey before = new KeyFile(keys, false).keys().getFirst();

        SealedFiles.Rotation done = files.rotate(dir);

        assertThat(done.files()).isEqualTo(2);
        assertThat(Files.readString(dir.resolve("public"))).isEqualTo("not sealed");
        assertThat(new KeyFile(keys, false).keys()).singleElement().hasToString(done.key());
        assertThat(new SealedFiles(new KeyFile(keys, false)).read(file)).hasValue(SECRET);
        assertThat(files.read(second)).hasValue(new byte[] {1, 2, 3});
        assertThatThrownBy(() -> new SealedFiles(new KeyText(before.text())).read(file))
                .hasMessageContaining("was sealed with key " + done.key());
    }

    @Test
    void aRotationThatWasCutShortLosesNothing() throws IOException {
        Path second = dir.resolve("second");
        files.write(second, new byte[] {1});
        // The new key was taken and one of two files sealed with it.
        new KeyFile(keys, false).add();
        files.read(file);

        SealedFiles afterwards = new SealedFiles(new KeyFile(keys, false));
        assertThat(afterwards.read(file)).hasValue(SECRET);
        assertThat(afterwards.read(second)).hasValue(new byte[] {1});
        assertThat(afterwards.rotate(dir).files()).isEqualTo(2);
        assertThat(afterwards.read(file)).hasValue(SECRET);
    }

    @Test
    void startingWithANewKeyInFrontChangesKeys() throws IOException {
        SealingKey old = new KeyFile(keys, false).keys().getFirst();
        SealingKey fresh = SealingKey.create(new SecureRandom());
        assertThat(new SealedFiles(new KeyText(fresh.text() + ", " + old.text())).read(file))
                .hasValue(SECRET);
        SealedFiles alone = new SealedFiles(new KeyText(fresh.text()));
        assertThat(alone.read(file)).hasValue(SECRET);
        assertThatThrownBy(() -> alone.rotate(dir))
                .isInstanceOf(LightvesselException.class)
                .hasMessageStartingWith("Sealing keys come from the environment.");
    }

    @Test
    void aFileOfAnEarlierVersionIsSealedWhenItIsRead() throws IOException {
        Files.write(file, SECRET);
        assertThat(files.read(file)).hasValue(SECRET);
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).startsWith("LVSEAL1\n");
        assertThat(files.read(file)).hasValue(SECRET);
    }

    @Test
    void keysThatAreNoneAreRefusedWithoutBeingShown() throws IOException {
        assertThatThrownBy(() -> new KeyText("c2hvcnQ=").keys())
                .hasMessage(
                        "lightvessel.secrets.keys: a sealing key of 5 bytes (expected: 32 random bytes in base64).");
        assertThatThrownBy(() -> new KeyText("§").keys())
                .hasMessage(
                        "lightvessel.secrets.keys: a sealing key that is no base64 (expected: 32 random bytes in base64).");
        assertThatThrownBy(() -> new KeyText(" ").keys()).hasMessageContaining("no sealing key");
        assertThatThrownBy(() -> new KeyFile(dir.resolve("nowhere"), false).keys())
                .hasMessageContaining("is not there");
    }
}
