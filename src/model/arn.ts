const ARN = /^arn:aws[a-z-]*:sagemaker:[a-z0-9-]+:\d{12}:processing-job\/[A-Za-z0-9-]{1,63}$/i;

/** True for the ARN of a SageMaker processing job: `arn:aws:sagemaker:<region>:<account>:processing-job/<name>`. */
export function isProcessingJobArn(text: string): boolean {
  return ARN.test(text);
}
