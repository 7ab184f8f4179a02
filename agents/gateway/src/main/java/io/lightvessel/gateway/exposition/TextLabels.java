package io.lightvessel.gateway.exposition;

import static io.lightvessel.gateway.exposition.Sample.is;

/** Reads names and labels in Prometheus' own text format, where blanks may stand between any two tokens. */
final class TextLabels {
    private static final String NAME_OR_END = "a label name or '}'";

    private byte[] body = {};
    private int end;
    private TextErrors errors = new TextErrors(body, 0, 0);

    void open(byte[] body, int end, TextErrors errors) {
        this.body = body;
        this.end = end;
        this.errors = errors;
    }

    /** Reads what is between braces; returns the place behind the closing one. */
    int read(int from, SeriesSpans spans) throws MalformedExposition {
        int i = skipBlanks(from);
        while (true) {
            if (i == end) {
                throw errors.unexpected(i, NAME_OR_END);
            }
            byte c = body[i];
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
                i = skipBlanks(i);
            } else if (c == '"') {
                nameFrom++;
                nameTo = closingQuote(nameFrom);
                i = skipBlanks(nameTo + 1);
                if (i < end && (body[i] == ',' || body[i] == '}')) {
                    if (spans.isNamed()) {
                        throw errors.at(nameFrom - 1, "a second metric name", "'=' after a label name");
                    }
                    spans.name(nameFrom, nameTo);
                    i = body[i] == ',' ? skipBlanks(i + 1) : i;
                    continue;
                }
            } else {
                throw errors.unexpected(i, NAME_OR_END);
            }
            if (i == end || body[i] != '=') {
                throw errors.unexpected(i, "'=' after a label name");
            }
            i = skipBlanks(i + 1);
            if (i == end || body[i] != '"') {
                throw errors.unexpected(i, "a label value in quotes");
            }
            int valueFrom = i + 1;
            int valueTo = value(valueFrom);
            spans.add(nameFrom, nameTo, valueFrom, valueTo);
            i = skipBlanks(valueTo + 1);
            if (i < end && body[i] == ',') {
                i = skipBlanks(i + 1);
            }
        }
    }

    private int value(int from) throws MalformedExposition {
        byte[] text = body;
        int limit = end;
        int seen = 0;
        int i = from;
        while (i < limit) {
            byte c = text[i];
            if (c == '"') {
                if (seen < 0 && !Utf8.isValid(text, from, i)) {
                    throw errors.at(from, "a label value that is not valid UTF-8", "UTF-8");
                }
                return i;
            }
            if (c == '\\') {
                i = skipEscape(i);
            }
            seen |= text[i];
            i++;
        }
        throw errors.at(from - 1, "a label value without an end", "a closing quote");
    }

    /** The escaped character may be anything but the end of the line; zero bytes in between do not count. */
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

    /** The place of the quote that ends a name. */
    int closingQuote(int from) throws MalformedExposition {
        return closingQuote(body, from, end, errors);
    }

    static int closingQuote(byte[] body, int from, int end, TextErrors errors) throws MalformedExposition {
        for (int i = from; i < end && body[i] != 0; i++) {
            if (body[i] == '"') {
                return i;
            }
            if (body[i] == '\\' && (++i == end || body[i] == '\n' || body[i] == 0)) {
                throw errors.at(i - 1, "a backslash at the end of the line", "an escaped character");
            }
        }
        throw errors.at(from - 1, "a name without an end", "a closing quote");
    }

    int skipBlanks(int from) {
        int i = from;
        while (i < end && (body[i] == ' ' || body[i] == '\t')) {
            i++;
        }
        return i;
    }
}
