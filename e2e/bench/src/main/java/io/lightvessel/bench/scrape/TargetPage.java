package io.lightvessel.bench.scrape;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * The metrics of one target in Prometheus' text format, in the shape of kube-state-metrics and application metrics. Values
 * and the names of some pods change in place from scrape to scrape, so that serving costs next to nothing.
 */
final class TargetPage {
    private static final int VALUE_DIGITS = 10;
    private static final int POD_DIGITS = 8;
    private static final int SERIES_PER_FAMILY = 20;

    private final byte[] text;
    private final int[] values;
    private final int[] pods;
    private final double replacedPerScrape;
    private final Random random;
    private double replacementsDue;
    private long scrapes;
    private long pod;

    TargetPage(int target, int series, double replacedPerScrape) {
        this.replacedPerScrape = replacedPerScrape;
        this.random = new Random(target);
        this.values = new int[series];
        this.pods = new int[series];
        this.pod = target * 1_000_000L;
        ByteArrayOutputStream out = new ByteArrayOutputStream(series * 160);
        for (int i = 0; i < series; i++) {
            int family = i / SERIES_PER_FAMILY;
            boolean counter = family % 3 != 0;
            String name = counter ? "shop_requests_" + family + "_total" : "kube_pod_container_state_" + family;
            if (i % SERIES_PER_FAMILY == 0) {
                write(out, "# HELP " + name + " What the program counts, number " + family + ".\n");
                write(out, "# TYPE " + name + (counter ? " counter\n" : " gauge\n"));
            }
            write(out, name + "{namespace=\"shop-" + target % 20 + "\",pod=\"orders-");
            pods[i] = out.size();
            write(out, digits(pod++, POD_DIGITS));
            write(
                    out,
                    "\",container=\"orders\",method=\"" + (i % 2 == 0 ? "GET" : "POST") + "\",code=\""
                            + (200 + i % SERIES_PER_FAMILY) + "\"} ");
            values[i] = out.size();
            write(out, digits(1_000_000_000L + random.nextInt(1_000_000_000), VALUE_DIGITS));
            out.write('\n');
        }
        this.text = out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String words) {
        out.writeBytes(words.getBytes(StandardCharsets.US_ASCII));
    }

    private static String digits(long number, int width) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, width - text.length())) + text;
    }

    /** The page as of the next scrape; valid until the one after. */
    synchronized byte[] next() {
        scrapes++;
        for (int i = 0; i < values.length; i++) {
            increment(values[i], VALUE_DIGITS);
        }
        if (scrapes > 1) {
            replacementsDue += replacedPerScrape;
            for (; replacementsDue >= 1; replacementsDue--) {
                byte[] name = digits(pod++, POD_DIGITS).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(name, 0, text, pods[random.nextInt(pods.length)], POD_DIGITS);
            }
        }
        return text;
    }

    synchronized long scrapes() {
        return scrapes;
    }

    private void increment(int at, int width) {
        for (int i = at + width - 1; i >= at; i--) {
            if (text[i] != '9') {
                text[i]++;
                return;
            }
            text[i] = '0';
        }
    }
}
