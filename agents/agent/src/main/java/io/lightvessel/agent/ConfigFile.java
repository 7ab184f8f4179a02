package io.lightvessel.agent;

import io.lightvessel.config.ConfigParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads a config file that a command was given, or ends the program with one sentence. */
final class ConfigFile {
    private ConfigFile() {}

    static String read(Path file) {
        try {
            if (Files.size(file) > ConfigParser.MAX_BYTES) {
                throw new Failure("config file " + file + " has " + Files.size(file) + " bytes (expected: at most "
                        + ConfigParser.MAX_BYTES + ")");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new Failure("config file " + file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw new Failure("config file " + file + " is no text (expected: UTF-8)", e);
        } catch (IOException e) {
            throw new Failure("config file " + file + " cannot be read: " + e, e);
        }
    }
}
