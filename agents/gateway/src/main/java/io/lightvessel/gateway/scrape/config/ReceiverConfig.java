package io.lightvessel.gateway.scrape.config;

import io.lightvessel.config.ComponentId;
import io.lightvessel.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a prometheus receiver is told.
 *
 * @param externalLabels added to every series that does not have them
 * @param clustering the extension that shares targets
 * @param offsetSeed moves the moment within the interval at which targets are scraped
 * @param kubernetes jobs to make from what is in the cluster
 * @param defaults what a job has that says nothing, for those made from the cluster; its settings name no discovery
 */
public record ReceiverConfig(
        List<ScrapeConfig> jobs,
        Map<String, String> externalLabels,
        Optional<ComponentId> clustering,
        String offsetSeed,
        Optional<Settings> kubernetes,
        ScrapeConfig defaults) {

    public static ReceiverConfig of(ComponentId id, Settings settings) {
        Settings global = settings.section("config").section("global");
        JobReader reader = new JobReader(id, global);
        return new ReceiverConfig(
                settings.section("config").sections("scrape_configs").stream()
                        .map(reader::read)
                        .toList(),
                global.stringMap("external_labels"),
                settings.optionalString("clustering").map(ComponentId::parse),
                settings.string("offset_seed"),
                settings.optionalSection("kubernetes"),
                reader.defaults());
    }

    /** A job that is made at run time, with what it takes from the receiver's {@code global} filled in. */
    public static ScrapeConfig job(ComponentId id, Settings receiver, Settings job) {
        return new JobReader(id, receiver.section("config").section("global")).read(job);
    }
}
