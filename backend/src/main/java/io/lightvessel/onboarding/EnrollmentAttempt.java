package io.lightvessel.onboarding;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Someone presented an enrolment token. Repetitions from one address with one outcome are counted, not listed.
 *
 * @param code {@code accepted}, or why not
 * @param detail a sentence for people
 * @param agent its name, once it said one
 * @param count how often this happened
 */
public record EnrollmentAttempt(
        boolean accepted,
        String code,
        String detail,
        String remoteAddress,
        @Nullable String instanceUid,
        @Nullable String agent,
        int count,
        Instant firstAt,
        Instant lastAt) {}
