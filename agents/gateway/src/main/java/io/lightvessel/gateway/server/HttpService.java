package io.lightvessel.gateway.server;

import java.util.List;

/** What is posted to one path, and how its protocol answers. */
public interface HttpService extends Service {

    /** The content types it takes: lower case, without parameters. Others are 415. */
    List<String> contentTypes();

    /** The answer when everything was taken. */
    HttpReply success(String contentType);

    /** The answer when some records were rejected for good and the rest was taken. */
    HttpReply partialSuccess(String contentType, long rejected, String message);

    HttpErrors errors();
}
