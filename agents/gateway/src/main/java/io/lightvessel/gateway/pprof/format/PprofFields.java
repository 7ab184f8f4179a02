package io.lightvessel.gateway.pprof.format;

/** Field numbers of {@code perftools.profiles} and its nested messages. */
final class PprofFields {
    static final int SAMPLE_TYPE = 1;
    static final int SAMPLE = 2;
    static final int MAPPING = 3;
    static final int LOCATION = 4;
    static final int FUNCTION = 5;
    static final int STRING = 6;
    static final int DROP_FRAMES = 7;
    static final int KEEP_FRAMES = 8;
    static final int TIME = 9;
    static final int DURATION = 10;
    static final int PERIOD_TYPE = 11;
    static final int PERIOD = 12;
    static final int COMMENT = 13;
    static final int DEFAULT_SAMPLE_TYPE = 14;
    static final int DOC_URL = 15;

    static final int ID = 1;

    static final int MAPPING_START = 2;
    static final int MAPPING_LIMIT = 3;
    static final int MAPPING_OFFSET = 4;
    static final int MAPPING_FILE = 5;
    static final int MAPPING_BUILD_ID = 6;
    static final int MAPPING_HAS_FUNCTIONS = 7;
    static final int MAPPING_HAS_FILENAMES = 8;
    static final int MAPPING_HAS_LINE_NUMBERS = 9;
    static final int MAPPING_HAS_INLINE_FRAMES = 10;

    static final int LOCATION_MAPPING = 2;
    static final int LOCATION_ADDRESS = 3;
    static final int LOCATION_LINE = 4;
    static final int LOCATION_IS_FOLDED = 5;

    static final int LINE_FUNCTION = 1;
    static final int LINE_LINE = 2;
    static final int LINE_COLUMN = 3;

    static final int FUNCTION_NAME = 2;
    static final int FUNCTION_SYSTEM_NAME = 3;
    static final int FUNCTION_FILE = 4;
    static final int FUNCTION_START_LINE = 5;

    static final int LABEL_KEY = 1;
    static final int LABEL_TEXT = 2;
    static final int LABEL_NUMBER = 3;
    static final int LABEL_UNIT = 4;

    private PprofFields() {}
}
