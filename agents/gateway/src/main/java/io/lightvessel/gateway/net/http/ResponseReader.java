package io.lightvessel.gateway.net.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** Is given a response as it comes, on an event loop that it must not block: a head, pieces, and an end or a failure. */
public interface ResponseReader {

    /** Called once, or not at all when the exchange fails before. */
    void head(int status, HttpHeaders headers);

    /**
     * The next piece of the body, as the transfer encoding leaves it; the bytes stay the caller's.
     *
     * @return why no more of it is wanted, which ends the exchange as failed; null to go on
     */
    @Nullable
    String content(ByteBuf piece);

    /** The response is complete; nothing is called after that. */
    void end();

    /** There will be no complete response, for a reason given as a sentence; nothing is called after that. */
    void failed(String why);
}
