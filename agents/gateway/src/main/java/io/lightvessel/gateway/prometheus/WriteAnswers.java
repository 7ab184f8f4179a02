package io.lightvessel.gateway.prometheus;

import io.lightvessel.gateway.net.HttpAnswer;
import io.lightvessel.gateway.net.HttpVerdict;
import io.lightvessel.gateway.net.PartAnswer;
import io.lightvessel.pipeline.Timer;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a receiver's response means, by the rules of the version that the request was sent in. */
final class WriteAnswers {
    private static final String WRITTEN = "X-Prometheus-Remote-Write-%s-Written";
    private static final String SAMPLES = WRITTEN.formatted("Samples");
    private static final String HISTOGRAMS = WRITTEN.formatted("Histograms");
    private static final String EXEMPLARS = WRITTEN.formatted("Exemplars");

    private final Negotiation negotiation;
    private final boolean retryTooMany;
    private final Timer timer;
    private final WriteCounters counters;

    WriteAnswers(Negotiation negotiation, boolean retryTooMany, Timer timer, WriteCounters counters) {
        this.negotiation = negotiation;
        this.retryTooMany = retryTooMany;
        this.timer = timer;
        this.counters = counters;
    }

    PartAnswer read(HttpAnswer response, Protocol protocol, RequestWriter.Contents sent) {
        int status = response.statusCode();
        if (status >= 500 || status == 429 && retryTooMany) {
            return new PartAnswer.Again(HttpVerdict.refusal(response, true, excerpt(response), timer.now()));
        }
        boolean success = HttpVerdict.isSuccess(response);
        if (protocol == Protocol.V1) {
            return success ? new PartAnswer.Done(0, "") : refused(response, sent);
        }
        boolean counted = counts(response);
        if (status == 415 || success && !counted) {
            // A success that counts nothing comes from a receiver that took the request for an empty one of 1.0.
            return new PartAnswer.OtherForm(
                    status == 415
                            ? message(response)
                            : "HTTP status " + status + " without a count of what was written");
        }
        if (!counted) {
            return refused(response, sent);
        }
        negotiation.understoodV2();
        return written(response, success, sent);
    }

    private PartAnswer written(HttpAnswer response, boolean success, RequestWriter.Contents sent) {
        long exemplars = count(response, EXEMPLARS);
        if (exemplars < sent.exemplars()) {
            counters.exemplarsUnwritten(sent.exemplars() - exemplars);
        }
        long all = (long) sent.samples() + sent.histograms();
        long written = Math.min(all, count(response, SAMPLES) + count(response, HISTOGRAMS));
        long missing = all - written;
        if (missing == 0) {
            return new PartAnswer.Done(0, "");
        }
        String message = written + " of " + all + " samples written, " + message(response);
        // Histograms are several samples and target_info is none of the payload's points: a share, rounded up.
        long points = written == 0 ? sent.points() : (missing * sent.points() + all - 1) / all;
        return success || written > 0 || isAboutContents(response)
                ? new PartAnswer.Done(points, message)
                : new PartAnswer.Hopeless(message(response));
    }

    private static PartAnswer refused(HttpAnswer response, RequestWriter.Contents sent) {
        return isAboutContents(response)
                ? new PartAnswer.Done(sent.points(), message(response))
                : new PartAnswer.Hopeless(message(response));
    }

    /** Whether another request to the same place may fare better. */
    private static boolean isAboutContents(HttpAnswer response) {
        return switch (response.statusCode()) {
            case 400, 409, 413, 422 -> true;
            default -> false;
        };
    }

    private static String message(HttpAnswer response) {
        String excerpt = excerpt(response);
        return "HTTP status " + response.statusCode() + (excerpt.isEmpty() ? "" : ": " + excerpt);
    }

    private static String excerpt(HttpAnswer response) {
        return HttpVerdict.excerpt(response.body());
    }

    private static boolean counts(HttpAnswer response) {
        return number(response, SAMPLES).isPresent()
                || number(response, HISTOGRAMS).isPresent()
                || number(response, EXEMPLARS).isPresent();
    }

    private static long count(HttpAnswer response, String header) {
        return number(response, header).orElse(0);
    }

    private static OptionalLong number(HttpAnswer response, String header) {
        Optional<String> text = response.headers().firstValue(header).map(String::trim);
        if (text.isEmpty() || text.get().length() > 18 || !text.get().chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        return text.get().isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text.get()));
    }
}
