import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { BatchFacts } from './broker/index.ts';

/** What the embedded broker tells Prometheus of its work. */
export class BrokerMetrics {
  readonly registry = new Registry();
  private readonly commands = this.counter('guicheng_broker_commands_total', 'Commands decided and durable');
  private readonly records = this.counter('guicheng_broker_records_total', 'Records written to the log');
  private readonly rows = this.counter('guicheng_broker_state_rows_total', 'Rows of state written or removed');
  private readonly trouble = new Counter({ name: 'guicheng_broker_trouble_total', help: 'Errors of the broker that no client could be told of', registers: [this.registry] });
  private readonly batchSize = new Histogram({ name: 'guicheng_broker_batch_commands', help: 'Commands per transaction', labelNames: ['partition'], buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256], registers: [this.registry] });
  private readonly commit = new Histogram({ name: 'guicheng_broker_commit_seconds', help: 'Time until a batch is durable', labelNames: ['partition'], buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5], registers: [this.registry] });
  private readonly waiting = new Gauge({ name: 'guicheng_broker_commands_waiting', help: 'Commands that wait to be decided', labelNames: ['partition'], registers: [this.registry] });

  private counter(name: string, help: string): Counter<'partition'> {
    return new Counter({ name, help, labelNames: ['partition'], registers: [this.registry] });
  }

  /** Counts a batch. */
  batch({ partition, commands, records, rows, commitMs, waiting }: BatchFacts): void {
    const labels = { partition: String(partition) };
    this.commands.inc(labels, commands);
    this.records.inc(labels, records);
    this.rows.inc(labels, rows);
    this.batchSize.observe(labels, commands);
    this.commit.observe(labels, commitMs / 1000);
    this.waiting.set(labels, waiting);
  }

  /** Counts an error. */
  error(): void {
    this.trouble.inc();
  }
}
