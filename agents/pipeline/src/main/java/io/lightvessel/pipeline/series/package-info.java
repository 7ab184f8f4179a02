/** Reading of series as remote write 2.0 carries them: what engine and exporters have to know of their structure. */
@NullMarked
package io.lightvessel.pipeline.series;

import org.jspecify.annotations.NullMarked;
