import { createContext, useContext } from 'react';

/** What changes seldom: which things there are and where they stand. */
export type Structure = Readonly<{
  summary: string;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}>;

export type GraphNode = Readonly<{
  id: string;
  kind: 'SOURCE' | 'AGENT' | 'BACKEND';
  kindWord: string;
  label: string;
  x: number;
  y: number;
}>;

export type GraphEdge = Readonly<{
  id: string;
  from: string;
  to: string;
  signals: readonly string[];
  description: string;
  labelAt: number;
}>;

/** What changes every second: health and rates, already worded by the server. */
export type Metrics = Readonly<{
  nodes: Readonly<Record<string, NodeMetrics>>;
  edges: Readonly<Record<string, EdgeMetrics>>;
  live: boolean;
}>;

export type NodeMetrics = Readonly<{ tone: string; word: string; reason: string; detail: string }>;

export type EdgeMetrics = Readonly<{ records: string; bytes: string; drops: string; width: number; flowing: boolean }>;

export const MetricsContext = createContext<Metrics>({ nodes: {}, edges: {}, live: false });

export function useNodeMetrics(id: string): NodeMetrics | undefined {
  return useContext(MetricsContext).nodes[id];
}

export function useEdgeMetrics(id: string): EdgeMetrics | undefined {
  return useContext(MetricsContext).edges[id];
}

export function useLive(): boolean {
  return useContext(MetricsContext).live;
}
