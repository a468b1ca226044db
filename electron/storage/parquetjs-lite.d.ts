declare module 'parquetjs-lite' {
  export interface ParquetField {
    readonly type: 'UTF8' | 'DOUBLE' | 'INT64' | 'INT32' | 'BOOLEAN';
    readonly optional: boolean;
    readonly statistics: boolean;
  }

  export class ParquetSchema {
    constructor(fields: Readonly<Record<string, ParquetField>>);
    readonly fields: object;
  }

  /** What the library asks of a stream. */
  export interface ParquetSink {
    write(chunk: Buffer, done: (error?: Error) => void): void;
    end(done: (error?: Error) => void): void;
  }

  /** One column of the rows that wait to be written: its values without nulls, and a definition level a row. */
  export interface ColumnBuffer {
    readonly dlevels: number[];
    readonly rlevels: number[];
    readonly values: (string | number)[];
    readonly distinct_values: Set<string | number>;
    readonly count: number;
  }

  export interface RowBuffer {
    readonly rowCount: number;
    readonly pageRowCount: number;
    readonly columnData: Readonly<Record<string, ColumnBuffer>>;
    readonly pages: Readonly<Record<string, readonly never[]>>;
  }

  export class ParquetWriter {
    static openStream(
      schema: ParquetSchema,
      stream: ParquetSink,
      options: {
        readonly rowGroupSize: number;
        readonly useDataPageV2: boolean;
        readonly pageIndex: boolean;
      },
    ): Promise<ParquetWriter>;
    rowBuffer: RowBuffer;
    setMetadata(key: string, value: string): void;
    close(): Promise<void>;
  }
}
