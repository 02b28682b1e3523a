const ARN = /^arn:aws(-[a-z]+)*:sagemaker:[a-z]{2}(-[a-z]+)+-\d+:\d{12}:processing-job\/[A-Za-z0-9][A-Za-z0-9-]{0,62}$/;

/** True for the ARN of a SageMaker processing job: `arn:aws:sagemaker:<region>:<account>:processing-job/<name>`. */
export function isProcessingJobArn(text: string): boolean {
  return ARN.test(text);
}
