package io.lightvessel.targets.ui;

import com.vaadin.flow.component.html.Div;
import io.lightvessel.platform.ui.Facts;
import io.lightvessel.platform.ui.Note;
import io.lightvessel.platform.ui.RelativeTime;
import io.lightvessel.platform.ui.Tone;
import io.lightvessel.targets.Target;
import io.lightvessel.targets.TargetState;
import java.util.TreeMap;

/** Everything known of one target, below its row. */
final class TargetDetails extends Div {

    TargetDetails(Target target, String owner) {
        addClassName("lv-target-details");
        if (!target.error().isEmpty()) {
            add(new Note(target.state() == TargetState.DOWN ? Tone.BAD : Tone.NONE, target.error()));
        }
        if (target.owners().size() > 1) {
            add(new Note(Tone.BAD, "More than one replica says that this target is its own: " + owner + "."));
        }
        Facts facts = new Facts()
                .with("URL", target.url())
                .with("Scraped by", owner)
                .with("Since", new RelativeTime(target.ownedSince()))
                .with("Next scrape", new RelativeTime(target.nextScrape()))
                .with(
                        "If its owner leaves",
                        target.predictedOwner() == null ? "" : "goes to " + target.predictedOwner())
                .with("Receiver", target.receiver() + " (" + target.kind() + ")");
        new TreeMap<>(target.labels()).forEach(facts::with);
        add(facts);
    }
}
