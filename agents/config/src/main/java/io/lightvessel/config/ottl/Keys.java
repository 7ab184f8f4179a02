package io.lightvessel.config.ottl;

import java.util.ArrayList;
import java.util.List;

/** Reads keys in brackets behind a path or a converter. */
final class Keys {

    private static final int MOST = 16;
    private static final int LARGEST_INDEX = 10_000;

    private final Tokens tokens;

    Keys(Tokens tokens) {
        this.tokens = tokens;
    }

    List<Key> read() throws OttlError {
        List<Key> keys = new ArrayList<>();
        while (tokens.takeSymbol("[")) {
            Token key = tokens.next();
            if (keys.size() == MOST) {
                throw new OttlError("one more key", key.at(), "at most " + MOST);
            }
            keys.add(
                    switch (key.kind()) {
                        case TEXT -> new Key.Name(key.text());
                        case WHOLE -> new Key.Index(index(key));
                        case WORD, NAME, DECIMAL, BYTES, SYMBOL, END ->
                            throw new OttlError(
                                    key.what(), key.at(), "a key in double quotes, or an index of 0 or more");
                    });
            tokens.expect("]", "]");
        }
        return keys;
    }

    private static int index(Token token) throws OttlError {
        // Setting an index of an empty value makes a list of that length, so the index must not be any number.
        if (token.text().length() > 9 || Integer.parseInt(token.text()) > LARGEST_INDEX) {
            throw new OttlError("index " + token.text(), token.at(), "0.." + LARGEST_INDEX);
        }
        return Integer.parseInt(token.text());
    }
}
