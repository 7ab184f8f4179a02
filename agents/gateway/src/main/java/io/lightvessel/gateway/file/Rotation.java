package io.lightvessel.gateway.file;

import io.lightvessel.config.Settings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a file is put aside and which of those put aside are kept.
 *
 * @param maxBytes a file that would grow beyond this is put aside first
 * @param maxAge those put aside longer ago are deleted; null keeps them
 * @param maxBackups of those put aside the oldest beyond this number are deleted; 0 keeps all
 * @param localTime names carry local time instead of UTC
 */
record Rotation(long maxBytes, @Nullable Duration maxAge, int maxBackups, boolean localTime) {

    static Rotation of(Settings rotation) {
        long days = rotation.integer("max_days");
        return new Rotation(
                rotation.integer("max_megabytes") << 20,
                days == 0 ? null : Duration.ofDays(days),
                (int) rotation.integer("max_backups"),
                rotation.flag("localtime"));
    }
}
