package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.Sample.is;

/** Reads labels in OpenMetrics, of series and of exemplars: no blanks, commas where they belong. */
final class OpenMetricsLabels {
    private byte[] body = {};
    private int end;
    private TextErrors errors = new TextErrors(body, 0, 0);

    void open(byte[] body, int end, TextErrors errors) {
        this.body = body;
        this.end = end;
        this.errors = errors;
    }

    /** Reads what is between braces; returns the place behind the closing one. */
    int read(int from, SeriesSpans spans, boolean exemplar) throws MalformedExposition {
        int i = from;
        while (true) {
            byte c = at(i);
            if (c == '}') {
                return i + 1;
            }
            int nameFrom = i;
            int nameTo;
            if (is(c, Sample.LABEL_START)) {
                do {
                    i++;
                } while (i < end && is(body[i], Sample.LABEL));
                nameTo = i;
            } else if (c == '"') {
                nameFrom++;
                nameTo = TextLabels.closingQuote(body, nameFrom, end, errors);
                i = nameTo + 1;
                if (!exemplar && (at(i) == ',' || at(i) == '}')) {
                    if (spans.isNamed()) {
                        throw errors.at(nameFrom - 1, "a second metric name", "'=' after a label name");
                    }
                    spans.name(nameFrom, nameTo);
                    i = at(i) == ',' ? i + 1 : i;
                    continue;
                }
            } else {
                throw errors.unexpected(i, "a label name or '}'");
            }
            if (at(i) != '=') {
                throw errors.unexpected(i, "'=' after a label name");
            }
            if (at(i + 1) != '"') {
                throw errors.unexpected(i + 1, "a label value in quotes");
            }
            int valueFrom = i + 2;
            int valueTo = value(valueFrom, exemplar);
            spans.add(nameFrom, nameTo, valueFrom, valueTo);
            i = valueTo + 1;
            if (at(i) == ',') {
                i++;
            } else if (at(i) != '}') {
                throw errors.unexpected(i, "',' or '}' after a label value");
            }
        }
    }

    /** The byte there; a line break behind the end, which is legal nowhere here. */
    private byte at(int i) {
        return i < end ? body[i] : (byte) '\n';
    }

    private int value(int from, boolean exemplar) throws MalformedExposition {
        byte[] text = body;
        int limit = end;
        int seen = 0;
        for (int i = from; i < limit; i++) {
            byte c = text[i];
            if (c == '"') {
                if (seen < 0 && !Utf8.isValid(text, from, i)) {
                    throw errors.at(from, "a label value that is not valid UTF-8", "UTF-8");
                }
                return i;
            }
            if (c == '\\') {
                i = skipEscape(i);
                c = text[i];
            }
            if (c == '\n' || c == 0 && exemplar) {
                break;
            }
            seen |= c;
        }
        throw errors.at(from - 1, "a label value without an end", "a closing quote");
    }

    private int skipEscape(int backslash) throws MalformedExposition {
        int i = backslash + 1;
        while (i < end && body[i] == 0) {
            i++;
        }
        if (i == end || body[i] == '\n') {
            throw errors.at(backslash, "a backslash at the end of the line", "an escaped character");
        }
        return i;
    }
}
