package io.lightvessel.pipeline.pprof;

/** Field numbers of {@code perftools.profiles} and its nested messages. */
public final class PprofFields {
    public static final int SAMPLE_TYPE = 1;
    public static final int SAMPLE = 2;
    public static final int MAPPING = 3;
    public static final int LOCATION = 4;
    public static final int FUNCTION = 5;
    public static final int STRING = 6;
    public static final int DROP_FRAMES = 7;
    public static final int KEEP_FRAMES = 8;
    public static final int TIME = 9;
    public static final int DURATION = 10;
    public static final int PERIOD_TYPE = 11;
    public static final int PERIOD = 12;
    public static final int COMMENT = 13;
    public static final int DEFAULT_SAMPLE_TYPE = 14;
    public static final int DOC_URL = 15;

    public static final int ID = 1;

    public static final int SAMPLE_LOCATION = 1;
    public static final int SAMPLE_VALUE = 2;

    public static final int MAPPING_START = 2;
    public static final int MAPPING_LIMIT = 3;
    public static final int MAPPING_OFFSET = 4;
    public static final int MAPPING_FILE = 5;
    public static final int MAPPING_BUILD_ID = 6;
    public static final int MAPPING_HAS_FUNCTIONS = 7;
    public static final int MAPPING_HAS_FILENAMES = 8;
    public static final int MAPPING_HAS_LINE_NUMBERS = 9;
    public static final int MAPPING_HAS_INLINE_FRAMES = 10;

    public static final int LOCATION_MAPPING = 2;
    public static final int LOCATION_ADDRESS = 3;
    public static final int LOCATION_LINE = 4;
    public static final int LOCATION_IS_FOLDED = 5;

    public static final int LINE_FUNCTION = 1;
    public static final int LINE_LINE = 2;
    public static final int LINE_COLUMN = 3;

    public static final int FUNCTION_NAME = 2;
    public static final int FUNCTION_SYSTEM_NAME = 3;
    public static final int FUNCTION_FILE = 4;
    public static final int FUNCTION_START_LINE = 5;

    public static final int LABEL_KEY = 1;
    public static final int LABEL_TEXT = 2;
    public static final int LABEL_NUMBER = 3;
    public static final int LABEL_UNIT = 4;

    private PprofFields() {}
}
