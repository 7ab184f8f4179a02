package io.lightvessel.pipeline;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The component types an agent is built with. Processors that come with the engine are always among them. */
public record ComponentFactories(
        List<ReceiverFactory> receivers,
        List<ProcessorFactory> processors,
        List<ExporterFactory> exporters,
        List<ExtensionFactory> extensions,
        List<FormConverter> converters) {

    public ComponentFactories {
        receivers = List.copyOf(receivers);
        processors = List.copyOf(processors);
        exporters = List.copyOf(exporters);
        extensions = List.copyOf(extensions);
        converters = List.copyOf(converters);
    }

    /** Without converters, for components that all speak OTLP. */
    public ComponentFactories(
            List<ReceiverFactory> receivers,
            List<ProcessorFactory> processors,
            List<ExporterFactory> exporters,
            List<ExtensionFactory> extensions) {
        this(receivers, processors, exporters, extensions, List.of());
    }

    public static ComponentFactories of(
            Collection<? extends ReceiverFactory> receivers, Collection<? extends ExporterFactory> exporters) {
        return new ComponentFactories(List.copyOf(receivers), List.of(), List.copyOf(exporters), List.of());
    }

    /** These and more extensions. */
    public ComponentFactories with(Collection<? extends ExtensionFactory> more) {
        List<ExtensionFactory> all = new ArrayList<>(extensions);
        all.addAll(more);
        return new ComponentFactories(receivers, processors, exporters, all, converters);
    }

    /** These and what makes OTLP of payloads that have another form. */
    public ComponentFactories converting(Collection<? extends FormConverter> more) {
        List<FormConverter> all = new ArrayList<>(converters);
        all.addAll(more);
        return new ComponentFactories(receivers, processors, exporters, extensions, all);
    }

    Optional<ReceiverFactory> receiver(String type) {
        return receivers.stream().filter(f -> f.type().equals(type)).findFirst();
    }

    Optional<ProcessorFactory> processor(String type) {
        return processors.stream().filter(f -> f.type().equals(type)).findFirst();
    }

    Optional<ExtensionFactory> extension(String type) {
        return extensions.stream().filter(f -> f.type().equals(type)).findFirst();
    }

    Optional<ExporterFactory> exporter(String type) {
        return exporters.stream().filter(f -> f.type().equals(type)).findFirst();
    }
}
