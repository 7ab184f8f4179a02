package io.lightvessel.access.embedded;

import io.lightvessel.platform.PrivateFiles;
import io.lightvessel.platform.StartupRefused;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/** The one account of the embedded provider: its name, and a password generated once and kept in a private file. */
record EmbeddedAccount(String user, String password) {
    private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final int GROUPS = 4;
    private static final int GROUP = 4;

    static EmbeddedAccount readOrCreate(Path file, String user) {
        return PrivateFiles.read(file).map(bytes -> parse(file, bytes)).orElseGet(() -> {
            EmbeddedAccount account = new EmbeddedAccount(user, newPassword());
            PrivateFiles.write(file, (user + "\n" + account.password() + "\n").getBytes(StandardCharsets.UTF_8));
            return account;
        });
    }

    private static EmbeddedAccount parse(Path file, byte[] bytes) {
        List<String> lines = new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(String::trim)
                .toList();
        if (lines.size() < 2 || lines.get(0).isEmpty() || lines.get(1).isEmpty()) {
            throw new StartupRefused(
                    "%s: %d lines (expected: two, user and password); delete the file to have a new one written."
                            .formatted(file, lines.size()));
        }
        return new EmbeddedAccount(lines.get(0), lines.get(1));
    }

    private static String newPassword() {
        SecureRandom random = new SecureRandom();
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }

    /** Without the password, so that it may appear in logs. */
    @Override
    public String toString() {
        return "EmbeddedAccount[" + user + "]";
    }
}
